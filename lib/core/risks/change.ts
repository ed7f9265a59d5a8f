/**
 * The history of a risk: changes that are appended and never edited, from which its state at any instant
 * follows. A change says what became different; the first one of a month holds the whole state as well, so
 * that nobody folds more than a month.
 */
import { z } from 'zod';

import { contentId } from '../canonical/canonical.ts';
import { type Actor, actorSchema, type Risk, riskSchema } from './risk.ts';

const RISK_EVENTS = [
  'opened',
  'entered',
  'seen',
  'rated',
  'closed',
  'reopened',
  'treated',
  'assigned',
  'absorbed',
  'merged',
] as const;

const changeSchema = z
  .object({
    at: z.string(),
    what: z.enum(RISK_EVENTS),
    /** Null: Cavendish itself, by what it found. */
    by: actorSchema.nullable(),
    why: z.string().nullable(),
    /** The members of the risk that are different now. */
    set: z.record(z.string(), z.unknown()).readonly(),
    /** The whole state after it, in the first change of each month (UTC). */
    whole: riskSchema.nullable(),
  })
  .readonly();

export type RiskChange = z.output<typeof changeSchema>;

export interface Told {
  /** When it is recorded. */
  readonly at: string;
  readonly what: RiskChange['what'];
  readonly by: Actor | null;
  readonly why: string | null;
}

export interface Changed {
  readonly risk: Risk;
  readonly change: RiskChange;
}

/** @throws ZodError where a body is none */
export function readChange({ body }: { readonly body: unknown }): RiskChange {
  return changeSchema.parse(body);
}

/**
 * A risk after a change. What is recorded is never earlier than what was recorded before it, whatever the
 * clocks of two machines say: a state that somebody read stays true of its instant.
 */
export function changed(
  before: Risk | null,
  next: Omit<Risk, 'changedAt' | 'changes'>,
  { at, what, by, why }: Told,
): Changed {
  const changedAt = before !== null && before.changedAt > at ? before.changedAt : at;
  const risk = { ...next, changedAt, changes: (before?.changes ?? 0) + 1 };
  const isFirstOfMonth = before?.changedAt.slice(0, 7) !== changedAt.slice(0, 7);
  const set = before === null ? {} : differing(before, risk);
  return { risk, change: { at: changedAt, what, by, why, set, whole: isFirstOfMonth ? risk : null } };
}

/**
 * The state that changes come to.
 *
 * @param newestFirst - all since one that holds the whole state, that one included; none: there was no risk yet
 */
export function foldChanges(newestFirst: readonly RiskChange[]): Risk | null {
  const start = newestFirst.findIndex(({ whole }) => whole !== null);
  const whole = newestFirst[start]?.whole ?? null;
  if (whole === null) return null;
  const after = newestFirst.slice(0, start).reverse();
  return riskSchema.parse(after.reduce<object>((state, { set }) => ({ ...state, ...set }), whole));
}

function differing(before: Risk, after: Risk): Readonly<Record<string, unknown>> {
  const was = new Map(Object.entries(before).map(([name, value]) => [name, contentId(value)]));
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => was.get(name) !== contentId(value)));
}
