/** When round-ups are due: each day, or each Monday, at a time of day. */
import { Temporal } from 'temporal-polyfill';

export const ROUND_UPS = ['daily', 'weekly'] as const;
export type RoundUpEvery = (typeof ROUND_UPS)[number];

interface When {
  /** `HH:MM` */
  readonly clock: string;
  readonly zone: string;
}

/**
 * The last one at an instant or before it. Where clocks skip its time it is when they show it next, an hour on.
 *
 * @param at - ISO 8601
 * @returns ISO 8601, UTC
 */
export function lastRoundUp(every: RoundUpEvery, at: string, { clock, zone }: When): string {
  const now = Temporal.Instant.from(at);
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const day = every === 'daily' ? today : today.subtract({ days: today.dayOfWeek - 1 });
  const due = day.toZonedDateTime({ timeZone: zone, plainTime: clock });
  const isPast = Temporal.Instant.compare(due.toInstant(), now) <= 0;
  const before = day.subtract({ days: every === 'daily' ? 1 : 7 });
  const last = isPast ? due : before.toZonedDateTime({ timeZone: zone, plainTime: clock });
  return new Date(last.epochMilliseconds).toISOString();
}
