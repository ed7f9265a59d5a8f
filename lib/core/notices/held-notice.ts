/** A notice that waits for a round-up: what the round-up says of it, and what it was. */
import { z } from 'zod';

import { digestSchema } from '../image/schemas.ts';
import { NOTICE_KINDS, type NoticeKind } from './kinds.ts';

const roundUpEntrySchema = z
  .object({
    id: z.string(),
    at: z.string(),
    name: z.string(),
    verdict: z.enum(['go', 'no-go', 'unknown']),
    blocking: z.boolean(),
    vulnerabilities: z.number(),
    line: z.string(),
  })
  .readonly();

const heldNoticeSchema = z
  .object({
    id: z.string(),
    /** The instant that it speaks of (ISO 8601, UTC). */
    at: z.string(),
    kind: z.enum(Object.keys(NOTICE_KINDS) as [NoticeKind]),
    subject: z.string(),
    /** As whom its reader would have got it. */
    reader: z.string(),
    /** Whether it goes before others. */
    urgent: z.boolean(),
    /** The assessment that it tells of; null where it tells of none, or of many. */
    assessment: z.string().nullable(),
    /** What a round-up says of the verdict; null where it is about something else. */
    entry: roundUpEntrySchema.nullable(),
    /** Its letter, in the evidence store; null where the entry says it all. */
    letter: digestSchema.nullable(),
  })
  .readonly();

export type HeldNotice = z.output<typeof heldNoticeSchema>;

/** How it lies in the register: with the box in which it waits. */
const heldRowSchema = heldNoticeSchema.unwrap().extend({ box: z.int().positive() }).readonly();

export type HeldRow = z.output<typeof heldRowSchema>;

/** @throws ZodError where a body is none */
export function readHeldRow({ body }: { readonly body: unknown }): HeldRow {
  return heldRowSchema.parse(body);
}
