/**
 * Where a ladder stands: a function of the date, of what was told, and of who said that they know.
 *
 * Another date begins a new ladder. What was owed before a date was known is nobody's debt.
 */
import { z } from 'zod';

import { REMINDER_KINDS, type ReminderPolicy } from '../appetite/reminder-policy.ts';
import { whoSchema } from '../exceptions/exception.ts';
import { endSchema } from '../time/end.ts';
import type { Dated } from './dated.ts';
import { nextRung, type Rung, rungsBetween } from './ladder.ts';

const instant = z.iso.datetime({ precision: 3 });

const rungSchema = z.object({ name: z.string(), at: instant, overdue: z.boolean() }).readonly();

const acknowledgedSchema = z
  .object({
    at: instant,
    by: whoSchema,
    /** Silent until then; null: for as long as the date stays the same. */
    until: instant.nullable(),
    why: z.string().nullable(),
  })
  .readonly();

const stateSchema = z
  .object({
    kind: z.enum(REMINDER_KINDS),
    subject: z.string(),
    due: endSchema,
    /** Rungs up to then, itself included, are told, passed over, or were nobody's debt. */
    through: instant,
    /** Null: nothing is owed any more. */
    next: rungSchema.nullable(),
    acknowledged: acknowledgedSchema.nullable(),
    /** Until when somebody is at telling what is owed; null: nobody is. */
    claimedUntil: instant.nullable(),
  })
  .readonly();

export type ReminderState = z.output<typeof stateSchema>;
export type Acknowledged = z.output<typeof acknowledgedSchema>;

/** @throws ZodError where a body is none */
export function readReminderState({ body }: { readonly body: unknown }): ReminderState {
  return stateSchema.parse(body);
}

/**
 * Where the ladder stands now.
 *
 * @param dated - null where there is nothing to be reminded of any more
 * @param was - null where it never stood anywhere
 */
export function settledState(
  dated: Dated | null,
  was: ReminderState | null,
  policy: ReminderPolicy,
): ReminderState | null {
  if (dated === null) return was === null ? null : { ...was, next: null };
  const { kind, subject, due, since } = dated;
  const same = was?.due.at === due.at ? was : null;
  const through = same !== null && same.through > since ? same.through : since;
  const acknowledged = same?.acknowledged ?? null;
  const after = silentThrough({ through, acknowledged });
  const next = after === null ? null : nextRung(calendarOf(dated, policy), after);
  return { kind, subject, due, through, next, acknowledged, claimedUntil: was?.claimedUntil ?? null };
}

/** What is owed at an instant: of several rungs that were missed the last one, and those that it takes the place of. */
export function owedRung(
  dated: Dated,
  state: Pick<ReminderState, 'through' | 'acknowledged'>,
  policy: ReminderPolicy,
  at: string,
): { readonly rung: Rung; readonly missed: readonly Rung[] } | null {
  const after = silentThrough(state);
  if (after === null) return null;
  const rungs = rungsBetween(calendarOf(dated, policy), after, at);
  const rung = rungs.at(-1);
  return rung === undefined ? null : { rung, missed: rungs.slice(0, -1) };
}

/** Of a dated thing, what its ladder is computed from. */
function calendarOf({ kind, due, until }: Pick<Dated, 'kind' | 'due' | 'until'>, policy: ReminderPolicy) {
  return { due, until, ladder: policy[kind], clock: policy.at };
}

/** The instant up to which nothing is said any more; null: nothing is ever said again of this date. */
function silentThrough({ through, acknowledged }: Pick<ReminderState, 'through' | 'acknowledged'>): string | null {
  if (acknowledged === null) return through;
  if (acknowledged.until === null) return null;
  // At the very instant at which the silence ends, a rung is told again.
  const last = new Date(Date.parse(acknowledged.until) - 1).toISOString();
  return last > through ? last : through;
}
