/**
 * The rungs of a ladder: when people are reminded of a date.
 *
 * A rung is at a wall-clock time of a local day: where clocks skip that time, the later one that they show instead
 * (an hour on); where they show it twice, the first. All days are counted on the calendar, so a week is seven local
 * days, however many hours that is.
 */
import { Temporal } from 'temporal-polyfill';

import type { Ladder } from '../appetite/reminder-policy.ts';
import { dayOf, type End, lastDayOf } from '../time/end.ts';

export interface Rung {
  /** Days before the day (`30`), `0` for the day itself, days after it (`+7`). */
  readonly name: string;
  /** ISO 8601 in UTC, with milliseconds. */
  readonly at: string;
  /** After the day. */
  readonly overdue: boolean;
}

interface Calendar {
  readonly due: End;
  readonly ladder: Ladder;
  /** `HH:MM` */
  readonly clock: string;
  /** ISO 8601: nothing is owed at it or later; null: until it is dealt with. */
  readonly until: string | null;
}

/** The first rung after an instant (ISO 8601); null where there is none any more. */
export function nextRung(calendar: Calendar, after: string): Rung | null {
  for (const rung of rungsAfter(calendar, after)) return rung;
  return null;
}

/** The rungs after an instant and not after another, in the order of time. */
export function rungsBetween(calendar: Calendar, after: string, until: string): readonly Rung[] {
  const rungs: Rung[] = [];
  for (const rung of rungsAfter(calendar, after)) {
    if (rung.at > until) break;
    rungs.push(rung);
  }
  return rungs;
}

/** Every rung after an instant, in the order of time; without an end where the ladder goes on until it is dealt with. */
export function* rungsAfter({ until, ...calendar }: Calendar, after: string): Generator<Rung> {
  for (const rung of everyRungAfter(calendar, after)) {
    if (until !== null && rung.at >= until) return;
    yield rung;
  }
}

function* everyRungAfter({ due, ladder, clock }: Omit<Calendar, 'until'>, after: string): Generator<Rung> {
  const { daysBefore, onTheDay, thenEveryDays } = ladder;
  const day = Temporal.PlainDate.from(lastDayOf(due));
  const on = (days: number): string => instantOf(day.add({ days }), clock, due.zone);
  for (const days of daysBefore) yield* unlessPast({ name: String(days), at: on(-days), overdue: false }, after);
  // What ends on the morning of its day is told of before it ends.
  if (onTheDay) yield* unlessPast({ name: '0', at: earlier(on(0), due.at), overdue: false }, after);
  if (thenEveryDays === null) return;
  for (let days = thenEveryDays * stepsBefore(day, after, due.zone, thenEveryDays); ; days += thenEveryDays) {
    yield* unlessPast({ name: `+${String(days)}`, at: on(days), overdue: true }, after);
  }
}

function* unlessPast(rung: Rung, after: string): Generator<Rung> {
  if (rung.at > after) yield rung;
}

/** From which step on it is worth to look: what was long overdue is not counted up from its day. */
function stepsBefore(day: Temporal.PlainDate, after: string, zone: string, every: number): number {
  const { days } = day.until(Temporal.PlainDate.from(dayOf(after, zone)), { largestUnit: 'days' });
  return Math.max(1, Math.floor(days / every) - 1);
}

function instantOf(day: Temporal.PlainDate, clock: string, zone: string): string {
  const { epochMilliseconds } = day.toZonedDateTime({ timeZone: zone, plainTime: clock });
  return new Date(epochMilliseconds).toISOString();
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
