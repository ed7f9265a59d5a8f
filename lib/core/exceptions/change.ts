/** A change of an exception: what was done to it, by whom and why, and what it was afterwards. Appended, never edited. */
import { z } from 'zod';

import { exceptionSchema, whoSchema } from './exception.ts';

export const CHANGES = [
  'requested',
  'granted',
  'refused',
  'withdrawn',
  'reviewed',
  'control-withdrawn',
  'ended',
] as const;

const changeSchema = z
  .object({
    did: z.enum(CHANGES),
    /** ISO 8601 */
    at: z.iso.datetime({ precision: 3 }),
    /** Null where nobody did it: time passed, or evidence came. */
    by: whoSchema.nullable(),
    why: z.string().nullable(),
    exception: exceptionSchema,
  })
  .readonly();

export type Change = z.output<typeof changeSchema>;

/** @throws ZodError where a body is none */
export function readChange({ body }: { readonly body: unknown }): Change {
  return changeSchema.parse(body);
}

/** The exception as it was at an instant (ISO 8601); null where it was not there yet. */
export function exceptionAt(changes: readonly Change[], at: string): Change['exception'] | null {
  const past = changes.filter((change) => change.at <= at);
  return (
    past.reduce<Change | null>((newest, one) => (newest === null || one.at >= newest.at ? one : newest), null)
      ?.exception ?? null
  );
}
