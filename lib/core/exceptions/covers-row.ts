/**
 * A grant under what it covers: what a judgement reads to learn which exceptions are in force.
 *
 * Put when an exception is granted; the commit that ends it says since when it has ended.
 */
import { z } from 'zod';

import { digestSchema, stageSchema } from '../image/schemas.ts';
import { imagesSchema } from './scope.ts';

/** Body of the item at `coversKey`. */
export const coversRowSchema = z.object({
  /** Of the exception. */
  id: z.string(),
  /** The grant as evidence. */
  grant: digestSchema,
  /** Of its scope: so that no grant is read of what is judged elsewhere, or for another stage. */
  images: imagesSchema,
  stages: z.array(stageSchema).readonly(),
  /** ISO 8601: from then on it counts; at `expiry`, and at `endedAt`, it no longer does. */
  from: z.iso.datetime(),
  expiry: z.iso.datetime(),
  /** Null while it has not ended before its time. */
  endedAt: z.iso.datetime().nullable(),
});

export type CoversRow = Readonly<z.output<typeof coversRowSchema>>;

/** @throws ZodError where a body is none */
export function readCoversRow({ body }: { readonly body: unknown }): CoversRow {
  return coversRowSchema.parse(body);
}

/** True where the grant counts at an instant, whatever happened to it since. */
export function countsAt({ from, expiry, endedAt }: CoversRow, at: string): boolean {
  const now = Date.parse(at);
  return Date.parse(from) <= now && now < Date.parse(expiry) && (endedAt === null || now < Date.parse(endedAt));
}
