/** Parts of the inputs of operations. */
import { z } from 'zod';

import type { Digest } from '../../core/image/digest.ts';

/** What people call an image, a base, a feed or an assessment. */
export const nameSchema = z.string().min(1).max(1024);

/** One line of text that people read. */
export const lineSchema = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'it has to be one line of plain text');

/** ISO 8601, UTC. */
export const instantSchema = z.iso.datetime({ precision: 3 });

/** The beginning of a hash, without `sha256:` or with it. */
export const hashSchema = z.string().min(1).max(80);

/** Digests that are told apart. */
export function unique(digests: readonly Digest[]): readonly Digest[] {
  return [...new Set(digests)];
}
