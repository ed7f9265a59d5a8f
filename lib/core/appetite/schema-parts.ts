/** What parts of the appetite file have in common. */
import { z } from 'zod';

export const identifier = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/u, 'an id has small letters, digits, dots, dashes and underscores, at most 64');

/** One line, without controls that a terminal or a mail would obey. */
export const sentence = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'it has to be one line of plain text');

export const days = z.int().min(0).max(3650);

/** Characters of a question in CEL. */
export const MOST_EXPRESSION = 2000;
export const expression = z.string().trim().min(1).max(MOST_EXPRESSION);
