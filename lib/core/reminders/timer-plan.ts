/**
 * Which timers there should be: one for the next rung of each ladder. A timer brings only the ladder's name, so that one
 * too many is answered with nothing; one that is missing is made up for by the sweep.
 *
 * A timer is named by its ladder and its instant. A service that deletes a timer some time after it fired then never
 * deletes the one of the next rung, which is set meanwhile.
 */
import type { ReminderKind } from '../appetite/reminder-policy.ts';
import { contentId } from '../canonical/canonical.ts';
import { hexOf } from '../image/digest.ts';

interface Ladder {
  readonly kind: ReminderKind;
  readonly subject: string;
}

export interface WantedTimer {
  readonly name: string;
  /** ISO 8601, UTC, of whole seconds. */
  readonly at: string;
  /** IANA name. */
  readonly zone: string;
  readonly message: Ladder;
}

export interface TimerPlan {
  readonly put: readonly WantedTimer[];
  readonly remove: readonly string[];
}

/** At most 64 of A-Z, a-z, 0-9, `-`, `_` and `.`, as EventBridge Scheduler has it. */
export function timerName({ kind, subject }: Ladder, at: string): string {
  return `r-${hexOf(contentId([kind, subject])).slice(0, 32)}-${at.replaceAll(/[^0-9TZ]/gu, '')}`;
}

/**
 * The timer of a ladder as it stands; null where nothing is owed any more, or is owed already: that is looked at
 * without one.
 *
 * @param now - ISO 8601
 */
export function timerOf(
  { kind, subject, due, next }: Ladder & { readonly due: { readonly zone: string }; readonly next: Rung | null },
  now: string,
): WantedTimer | null {
  if (next === null || next.at <= now) return null;
  // A service keeps whole seconds; what is left of one is waited for, so that nothing comes too early.
  const at = new Date(Math.ceil(Date.parse(next.at) / 1000) * 1000).toISOString();
  const message = { kind, subject };
  return { name: timerName(message, at), at, zone: due.zone, message };
}

type Rung = Pick<WantedTimer, 'at'>;

/**
 * What makes the timers that there are those that there should be: missing ones and those that are not as they should
 * be are put, surplus ones go.
 *
 * @param found - listed before `wanted` was read: what was set meanwhile is at most put twice
 */
export function planTimers(
  wanted: readonly WantedTimer[],
  found: readonly { readonly name: string; readonly at: string | null }[],
): TimerPlan {
  const [there, meant] = [new Map(found.map(({ name, at }) => [name, at])), new Set(wanted.map(({ name }) => name))];
  return {
    put: wanted.filter(({ name, at }) => there.get(name) !== at),
    remove: found.flatMap(({ name }) => (meant.has(name) ? [] : [name])),
  };
}
