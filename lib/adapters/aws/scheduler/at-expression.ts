/** An instant as EventBridge Scheduler writes a one-time schedule: `at(2027-03-28T09:00:00)` in a time zone. */
import { Temporal } from 'temporal-polyfill';

export interface AtExpression {
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone: string;
}

/**
 * As the clock in that zone shows it, which is what people read in the console. What that clock shows twice is said in
 * UTC: which of the two Scheduler takes is nowhere said.
 *
 * @param at - ISO 8601, of whole seconds
 */
export function atExpression(at: string, zone: string): AtExpression {
  const instant = Temporal.Instant.fromEpochMilliseconds(Date.parse(at));
  const local = instant.toZonedDateTimeISO(zone).toPlainDateTime();
  if (instantsOf(local, zone).length > 1) return said(instant.toZonedDateTimeISO('UTC').toPlainDateTime(), 'UTC');
  return said(local, zone);
}

/** The instant (ISO 8601, with milliseconds) that an expression means; null where it means none, or one of two. */
export function instantOf({ ScheduleExpression: expression, ScheduleExpressionTimezone: zone }: AtExpression) {
  const [, text] = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/u.exec(expression) ?? [];
  if (text === undefined) return null;
  try {
    const [instant, another] = instantsOf(Temporal.PlainDateTime.from(text), zone);
    return instant === undefined || another !== undefined ? null : new Date(instant).toISOString();
  } catch (error) {
    // Temporal's word for a day or a zone that it does not know.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function said(local: Temporal.PlainDateTime, zone: string): AtExpression {
  return { ScheduleExpression: `at(${local.toString({ smallestUnit: 'second' })})`, ScheduleExpressionTimezone: zone };
}

/** None for what the clock skips, two for what it shows twice. */
function instantsOf(local: Temporal.PlainDateTime, zone: string): readonly number[] {
  const both = (['earlier', 'later'] as const).map((disambiguation) => local.toZonedDateTime(zone, { disambiguation }));
  const real = both.filter((one) => one.toPlainDateTime().equals(local));
  return [...new Set(real.map(({ epochMilliseconds }) => epochMilliseconds))];
}
