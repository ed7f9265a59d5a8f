/** Runs a case of the hand-made calendar: what is stored as things happen, and the rungs that follow from it. */
import type { ReminderPolicy } from '../../../lib/core/appetite/reminder-policy.ts';
import { ENDINGS, type Exception } from '../../../lib/core/exceptions/exception.ts';
import type { Dated } from '../../../lib/core/reminders/dated.ts';
import {
  datedOfApproval,
  datedOfEvidence,
  datedOfException,
  datedOfRisk,
} from '../../../lib/core/reminders/dated-of.ts';
import {
  type Acknowledged,
  owedRung,
  type ReminderState,
  settledState,
} from '../../../lib/core/reminders/reminder-state.ts';
import { endAfterDay, parseEnd } from '../../../lib/core/time/end.ts';
import { REMINDER_POLICY } from '../../support/appetites.ts';
import { aGrantedException, aMitigatedRisk, aValidation, BASE } from '../../support/dated.ts';
import type { CalendarCase, Happening } from './calendar-case.ts';

/** Each: the rung and its minute, with the kind before it where there are two ladders. */
export function happened(one: CalendarCase): readonly string[] {
  const policy = policyOf(one);
  const kinds = one.kind === 'review' ? (['expiry', 'review'] as const) : [one.kind];
  return kinds
    .flatMap((kind) => climb(kind, one, policy).map(({ name, at }) => ({ at, kind, name })))
    .sort((a, b) => (a.at === b.at ? a.kind.localeCompare(b.kind) : a.at < b.at ? -1 : 1))
    .map(({ at, kind, name }) => [...(kinds.length > 1 ? [kind] : []), name, at.slice(0, MINUTE)].join(' '));
}

const MINUTE = 'YYYY-MM-DDTHH:MM'.length;

/** From happening to happening, and in between from rung to rung, each told when it is due. */
function climb(kind: Dated['kind'], one: CalendarCase, policy: ReminderPolicy) {
  const told: { name: string; at: string }[] = [];
  let state: ReminderState | null = null;
  const past: Happening[] = [];
  for (const next of [...happeningsOf(one), null]) {
    const dated = datedOf(one, past).find((each) => each.kind === kind) ?? null;
    state = settledState(dated, acknowledged(state, past.at(-1), one), policy);
    const until = next?.at ?? one.until;
    while (dated !== null && state !== null && state.next !== null && state.next.at < until) {
      const rung = state.next;
      expectOwed(owedRung(dated, state, policy, rung.at)?.rung, rung);
      told.push(rung);
      state = settledState(dated, { ...state, through: rung.at }, policy);
    }
    if (next !== null) past.push(next);
  }
  return told;
}

function expectOwed(owed: unknown, rung: ReminderState['next']): void {
  if (JSON.stringify(owed) !== JSON.stringify(rung)) throw new Error('what is next is not owed when it is due');
}

/** With the home ending an exception at its expiry. */
function happeningsOf({ kind, zone, due, expiry, then = [], until }: CalendarCase): readonly Happening[] {
  if (kind !== 'expiry' && kind !== 'review') return then;
  const at = parseEnd(expiry ?? due, zone).at;
  const over = then.some(({ what }) => ENDINGS.some((ending) => ending === what));
  if (over || at > until) return then;
  return [...then, { at, what: 'expired' as const }].sort((a, b) => (a.at < b.at ? -1 : 1));
}

function acknowledged(
  state: ReminderState | null,
  last: Happening | undefined,
  { zone }: CalendarCase,
): ReminderState | null {
  if (state === null || last?.what !== 'acknowledged') return state;
  const until = last.until === undefined ? null : parseEnd(last.until, zone).at;
  const said: Acknowledged = {
    at: last.at,
    by: { principal: 'laptop:owner', person: 'Olive Owner' },
    until,
    why: null,
  };
  return { ...state, acknowledged: said };
}

function policyOf({ wall, ladder, kind }: CalendarCase): ReminderPolicy {
  const at = wall ?? REMINDER_POLICY.at;
  if (ladder === undefined) return { ...REMINDER_POLICY, at };
  const inOrder = { ...ladder, daysBefore: [...ladder.daysBefore].sort((a, b) => b - a) };
  return { ...REMINDER_POLICY, at, [kind]: { ...REMINDER_POLICY[kind], ...inOrder } };
}

function datedOf(one: CalendarCase, past: readonly Happening[]): readonly Dated[] {
  const { kind, zone } = one;
  const moved = past.findLast(({ what }) => what === 'moved');
  const [since, due] = moved?.what === 'moved' ? [moved.at, moved.due] : [one.since, one.due];
  if (kind === 'risk') return datedOfRisk(aMitigatedRisk({ due: parseEnd(due, zone).at, at: since }), zone);
  if (kind === 'evidence') {
    const done = [{ at: one.since, day: one.due }, ...(since === one.since ? [] : [{ at: since, day: due }])];
    const all = done.map(({ at, day }) => aValidation(endAfterDay(day, -1, zone).at, at));
    return datedOfEvidence(all, { ...REMINDER_POLICY.evidence, zone, owner: 'Olive Owner' });
  }
  if (kind === 'approval') {
    const isOver = past.some(({ what }) => what === 'withdrawn');
    const approval = { stages: ['production' as const], until: parseEnd(due, zone).at, by: 'Ana Horvat' };
    return datedOfApproval(BASE, isOver ? null : approval, { since, zone, name: 'debian:12', why: null });
  }
  return datedOfException(exceptionOf(one, due, past), since === one.since ? null : since);
}

function exceptionOf(
  { kind, zone, since, expiry, due: first }: CalendarCase,
  due: string,
  past: readonly Happening[],
): Exception {
  const end = past.find(({ what }) => ENDINGS.some((ending) => ending === what));
  const how = ENDINGS.find((ending) => ending === end?.what);
  return aGrantedException({
    at: since,
    review: kind === 'review' ? parseEnd(due, zone) : null,
    expiry: parseEnd(expiry ?? first, zone),
    ended: end === undefined || how === undefined ? null : { at: end.at, how, why: 'so it was' },
  });
}
