/**
 * The current verdict of a placement for a stage, and what a channel last told people: the two
 * items of the register that move. They only move forward in time.
 */
import { z } from 'zod';

import type { Digest } from '../image/digest.ts';
import type { Placement } from '../image/placement.ts';
import { digestSchema, placementSchema, stageSchema } from '../image/schemas.ts';

const figure = z.number().nullable();
const decision = z.enum(['go', 'no-go', 'unknown']);

/** Body of the item at `currentKey`. */
const currentSchema = z.object({
  placement: placementSchema,
  platform: z.string(),
  stage: stageSchema,
  /** The stage comes from where the image runs, not from the appetite. */
  sighted: z.boolean().default(false),
  asset: z.string().nullable(),
  /** Tags that point here now. */
  tags: z.array(z.string()).readonly(),
  /** Another image has taken the place of this one under each tag it had. */
  superseded: z.boolean(),
  /** The image that took its last tag; null where it has tags, never had one, or lost them to nobody. */
  replacedBy: digestSchema.nullable().default(null),
  /** The registry no longer holds it, or no longer gives it out; null while it does. */
  gone: z
    .object({ at: z.string(), why: z.enum(['deleted', 'archived']) })
    .nullable()
    .default(null),
  /** The appetite no longer gives the stage to its repository: the verdict stands as it was, and counts no more. */
  retired: z.boolean().default(false),
  assessment: digestSchema,
  at: z.string(),
  /** Since `at` it was judged again, last at this instant, and nothing of it changed; null where it was not. */
  confirmedAt: z.string().nullable().default(null),
  verdict: decision,
  blocking: z.boolean(),
  score: z.object({ inherent: figure, residual: figure, open: figure }),
});

/** Body of the item at `channelKey`. */
const channelSchema = z.object({
  placement: placementSchema,
  assessment: digestSchema,
  at: z.string(),
  verdict: decision,
  /** Identity of the outcome that people were last told of. */
  outcome: digestSchema,
  /** Counts up with each outcome that is news: of two events about the channel, the later one has the greater. */
  revision: z.int().nonnegative().default(0),
  /** What the assessment rests on besides the image: judged again only where this has changed. */
  basis: z.string(),
  /** The judgement of the push that brought the image here, where it was judged again since; null where not. */
  pushed: z.object({ assessment: digestSchema, at: z.string() }).nullable().default(null),
});

export type Current = Readonly<z.infer<typeof currentSchema>>;
export type Channel = Readonly<z.infer<typeof channelSchema>>;

interface Stored {
  readonly body: unknown;
}

export function readCurrent(item: Stored): Current;
export function readCurrent(item: Stored | null): Current | null;
export function readCurrent(item: Stored | null): Current | null {
  return item === null ? null : currentSchema.parse(item.body);
}

export function readChannel(item: Stored | null): Channel | null {
  return item === null ? null : channelSchema.parse(item.body);
}

/**
 * True where a push takes the channel: from another image it does so by the instant of that image's own
 * push, since the image may have been judged again while this one was scanned.
 */
export function takesChannel(
  channel: Channel | null,
  next: { readonly placement: Placement; readonly at: string; readonly assessment: Digest },
): boolean {
  const another = channel !== null && channel.placement.digest !== next.placement.digest;
  return movesForward(another ? (channel.pushed ?? channel) : channel, next);
}

/** True where `next` comes after `current`; the identity settles a tie, so that every order of arrival ends the same. */
export function movesForward(
  current: { readonly at: string; readonly assessment: Digest } | null,
  next: { readonly at: string; readonly assessment: Digest },
): boolean {
  if (current === null || next.at > current.at) return true;
  return next.at === current.at && next.assessment > current.assessment;
}
