/** Texts that people write into a decision: one line each, whatever they are shown in. */
import { z } from 'zod';

/**
 * One line of text. Line breaks and runs of blanks become one blank; what a terminal or a mail would obey
 * is refused.
 *
 * @param most - characters
 */
export function line(most: number) {
  return z
    .string()
    .max(4 * most)
    .transform((text) => text.replace(/\s+/gu, ' ').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(most)
        .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'it has control characters'),
    );
}
