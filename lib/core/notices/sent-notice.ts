/**
 * A notice that a channel accepted, as the register remembers it: who was told what, and when. Written
 * after the channel's answer, so that a notice may be told twice and is never lost; read by `inbox`.
 */
import { z } from 'zod';

import { digestSchema } from '../image/schemas.ts';

const sentNotice = z.object({
  /** The instant that the notice speaks of (ISO 8601, UTC). */
  at: z.string(),
  /** The subscriber's name. */
  to: z.string(),
  subject: z.string(),
  /** See `Notice`. */
  kind: z.string(),
  /** What the channel called the message. */
  messageId: z.string(),
  /** The assessment that it tells of; null where it tells of none, or of many. */
  assessment: z.string().nullable(),
  /** The round-up that it went out in; null where it went out by itself. */
  roundUp: z.string().nullable().default(null),
  /** Its text, in the evidence store. */
  text: digestSchema.nullable().default(null),
});

export type SentNotice = Readonly<z.infer<typeof sentNotice>>;

/** @throws ZodError where a body is none */
export function readSentNotice({ body }: { readonly body: unknown }): SentNotice {
  return sentNotice.parse(body);
}

/** @param at - any instant of a month (ISO 8601, UTC): a partition holds one */
export function sentNoticesPartition(at: string): string {
  return `NOTICES#${at.slice(0, 7)}`;
}

/** @param id - of the notice: the same for the same change */
export function sentNoticeKey(
  at: string,
  id: string,
  subscriber: string,
): { readonly pk: string; readonly sk: string } {
  return { pk: sentNoticesPartition(at), sk: `${at}#${id}#${subscriber}` };
}
