/** That somebody was reminded, or would have been: appended, never edited. */
import { z } from 'zod';

const toldSchema = z
  .object({
    rung: z.string(),
    /** When it was due, and when it was told (ISO 8601). */
    due: z.string(),
    at: z.string(),
    /** A person, a team, or who was named. */
    to: z.string(),
    address: z.string().nullable(),
    /** `passed-over`: a later one was told in its place. `unreachable`: the operator heard that nobody could be told. */
    how: z.enum(['told', 'passed-over', 'unreachable']),
    /** What the channel called the message; null where none went out, or where it left in a round-up. */
    messageId: z.string().nullable(),
    /** How the reader's subscription stood; `none` where the channel has no such thing. */
    subscription: z.enum(['confirmed', 'none']).nullable(),
  })
  .readonly();

export type Told = z.output<typeof toldSchema>;

/** @throws ZodError where a body is none */
export function readTold({ body }: { readonly body: unknown }): Told {
  return toldSchema.parse(body);
}
