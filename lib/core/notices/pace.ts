/**
 * How much a recipient was told within the hour, and what waits for them in a box: a function of what was there, of
 * the instant and of the limit.
 *
 * A turn is taken before a message is sent and is never given back, since who hears nothing of a channel can't know
 * what it did: so nobody gets more than the limit in any sixty minutes. The same notice, tried again, has its turn.
 */
import { z } from 'zod';

import { contentId } from '../canonical/canonical.ts';
import { hexOf } from '../image/digest.ts';
import { keptForFirst } from './precedence.ts';

const instant = z.iso.datetime({ precision: 3 });

const boxSchema = z
  .object({
    /** From 1: each that is closed makes room for the next. */
    number: z.int().positive(),
    count: z.int().nonnegative(),
    /** Whether any of it goes before others. */
    urgent: z.boolean(),
    /** Between which sort keys its rows lie; empty while there is none. */
    first: z.string(),
    last: z.string(),
  })
  .readonly();

const closedSchema = boxSchema
  .unwrap()
  .extend({
    /** When it was closed: the instant that its round-up speaks of. */
    at: instant,
    /** Until when somebody is at sending it; null: nobody is. */
    claimedUntil: instant.nullable(),
    /** Of which day's or week's round-up it is, by its instant; null: it is of none. */
    calendar: instant.nullable(),
  })
  .readonly();

const paceSchema = z
  .object({
    /** As whom they are told. */
    name: z.string(),
    /** Null on a laptop. */
    topicArn: z.string().nullable(),
    /** The messages of the last sixty minutes, the oldest first; `id` is of the notice, in short. */
    turns: z.array(z.object({ id: z.string(), at: instant }).readonly()).readonly(),
    box: boxSchema,
    /** Whose round-up was not accepted yet. */
    closed: closedSchema.nullable(),
    /** Up to which instant round-ups of days or weeks went out; null: none did. */
    through: instant.nullable(),
  })
  .readonly();

export type Pace = z.output<typeof paceSchema>;
export type ClosedBox = z.output<typeof closedSchema>;

/** Who is told, and by which name the pace is kept. */
export interface Paced {
  /** The ARN of the topic; on a laptop what stands in `To`. */
  readonly key: string;
  readonly name: string;
  readonly topicArn: string | null;
}

/** What is to be told now. */
interface Message {
  readonly id: string;
  readonly urgent: boolean;
}

const HOUR_MS = 60 * 60_000;

/** @throws ZodError where a body is none */
export function readPace({ body }: { readonly body: unknown }): Pace {
  return paceSchema.parse(body);
}

export function newPace({ name, topicArn }: Omit<Paced, 'key'>): Pace {
  return { name, topicArn, turns: [], box: emptyBox(1), closed: null, through: null };
}

/**
 * Takes a turn for a message.
 *
 * @param at - now (ISO 8601, UTC)
 * @returns null where there is no room for it within the hour
 */
export function takeTurn(pace: Pace, { id, urgent }: Message, at: string, mostAnHour: number): Pace | null {
  const own = turnId(id);
  const turns = turnsOf(pace, at);
  if (turns.some((turn) => turn.id === own)) return { ...pace, turns };
  const room = urgent ? mostAnHour : mostAnHour - keptForFirst(mostAnHour);
  return turns.length >= room ? null : { ...pace, turns: [...turns, { id: own, at }] };
}

/** Puts notices into the box that is open: by their sort keys. */
export function hold(pace: Pace, held: readonly { readonly sk: string; readonly urgent: boolean }[]): Pace {
  const { box } = pace;
  const keys = [...held.map(({ sk }) => sk), ...(box.count === 0 ? [] : [box.first, box.last])].sort();
  return {
    ...pace,
    box: {
      number: box.number,
      count: box.count + held.length,
      urgent: box.urgent || held.some(({ urgent }) => urgent),
      first: keys[0] ?? '',
      last: keys.at(-1) ?? '',
    },
  };
}

interface Claim {
  /** Now (ISO 8601, UTC). */
  readonly at: string;
  readonly claimedUntil: string;
  readonly mostAnHour: number;
  /** The instant of the round-up of a day or week, which goes out with nothing in the box, too; null: of none. */
  readonly calendar: string | null;
}

/**
 * Takes a turn for what waits, and claims it: the box that was closed before and did not go out, else the one that is
 * open.
 *
 * @returns null where nothing waits, there is no room for it, or somebody is at it
 */
export function claimBox(
  pace: Pace,
  { at, claimedUntil, mostAnHour, calendar }: Claim,
): { readonly pace: Pace; readonly closed: ClosedBox } | null {
  const { box, closed: before } = pace;
  const isOwed = calendar === null ? box.count > 0 : pace.through === null || pace.through < calendar;
  if (before === null && !isOwed) return null;
  const claimed = before?.claimedUntil ?? null;
  if (claimed !== null && claimed > at) return null;
  const closed = { ...(before ?? { ...box, at, calendar }), claimedUntil };
  const taken = takeTurn(
    pace,
    { id: boxName(closed.number), urgent: closed.urgent || closed.calendar !== null },
    at,
    mostAnHour,
  );
  if (taken === null) return null;
  return { closed, pace: { ...taken, closed, box: before === null ? emptyBox(box.number + 1) : box } };
}

/** Lets go of a box: it went out, or waits for somebody else to try. */
export function letGo(pace: Pace, { number }: Pick<ClosedBox, 'number'>, wentOut: boolean): Pace {
  if (pace.closed?.number !== number) return pace;
  const { calendar } = pace.closed;
  return wentOut
    ? { ...pace, closed: null, through: calendar ?? pace.through }
    : { ...pace, closed: { ...pace.closed, claimedUntil: null } };
}

/** By which a box has its turn. */
function boxName(number: number): string {
  return `box ${String(number)}`;
}

/** Messages that were told in the hour before an instant: one of just an hour ago no longer counts. */
function turnsOf({ turns }: Pace, at: string): Pace['turns'] {
  const since = Date.parse(at) - HOUR_MS;
  return turns.filter((turn) => Date.parse(turn.at) > since);
}

function turnId(id: string): string {
  return hexOf(contentId(id)).slice(0, 16);
}

function emptyBox(number: number): Pace['box'] {
  return { number, count: 0, urgent: false, first: '', last: '' };
}
