/**
 * When something ends: an instant, and the local day that people meant by it.
 *
 * What ends at an instant does not count at that instant, though no timer fires. A date without a time
 * is the end of that day where the programme is at home: the next local 00:00, or the first instant of
 * the next day where clocks skip that hour.
 */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

import { CavendishError } from '../errors/error.ts';

export const endSchema = z
  .object({
    /** ISO 8601 in UTC, with milliseconds: as text such instants are in the order of time. */
    at: z.iso.datetime({ precision: 3 }),
    /** The day that was named; null where an instant was. */
    date: z.iso.date().nullable(),
    /** IANA name of the zone in which the day was meant. */
    zone: z.string().min(1).max(64),
  })
  .readonly();

export type End = z.output<typeof endSchema>;

/** Whether a time zone of this name is known: `Europe/Berlin`, `UTC`. An offset (`+01:00`) is no zone. */
export function isZone(name: string): boolean {
  if (!/^[a-z][a-z0-9_+/-]{0,63}$/iu.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The end of a day.
 *
 * @param date - `YYYY-MM-DD`
 * @throws CavendishError `bad-input` where there is no such day (29 February of most years) or zone
 */
export function endOfDay(date: string, zone: string): End {
  const day = dayNamed(date);
  const next = inZone(zone, () => day.add({ days: 1 }).toZonedDateTime(zone));
  return { at: instantText(next.epochMilliseconds), date, zone };
}

/**
 * An end as people write it: a date is the end of that day in the zone, an instant (ISO 8601 with its
 * zone) is itself.
 *
 * @throws CavendishError `bad-input` where it is neither
 */
export function parseEnd(text: string, zone: string): End {
  if (/^\d{4}-\d{2}-\d{2}$/u.test(text)) return endOfDay(text, zone);
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/u.test(text)) {
    const instant = readOr(text, () => Temporal.Instant.from(text));
    return { at: instantText(instant.epochMilliseconds), date: null, zone };
  }
  throw noDay(text);
}

/** Whether it no longer counts at an instant (ISO 8601). */
export function hasEnded({ at: end }: Pick<End, 'at'>, at: string): boolean {
  return Date.parse(at) >= Date.parse(end);
}

/** The local day of an instant: `YYYY-MM-DD`. */
export function dayOf(at: string, zone: string): string {
  return zoned(at, zone).toPlainDate().toString();
}

/** The last local day on which it still counts: the day that was named, or the one on which the instant lies. */
export function lastDayOf({ at, zone }: End): string {
  return dayOf(instantText(Date.parse(at) - 1), zone);
}

/** The end of the day that comes so many days after the one of the instant; 0 days: the end of that day. */
export function endAfter(at: string, days: number, zone: string): End {
  return endOfDay(zoned(at, zone).toPlainDate().add({ days }).toString(), zone);
}

/** The end of the day that comes so many days after a day; 0 days: the end of that day. */
export function endAfterDay(date: string, days: number, zone: string): End {
  return endOfDay(dayNamed(date).add({ days }).toString(), zone);
}

/** As people read it: the day where one was named, else the instant; with the zone, where that is not UTC. */
export function shownEnd({ at, date, zone }: End): string {
  if (date === null) return `${at.slice(0, 16)}Z`;
  return zone === 'UTC' ? date : `${date} (${zone})`;
}

function zoned(at: string, zone: string): Temporal.ZonedDateTime {
  return inZone(zone, () => Temporal.Instant.fromEpochMilliseconds(Date.parse(at)).toZonedDateTimeISO(zone));
}

function dayNamed(date: string): Temporal.PlainDate {
  return readOr(date, () => Temporal.PlainDate.from(date));
}

function instantText(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function readOr<T>(text: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw noDay(text, cause);
  }
}

function noDay(text: string, cause?: unknown): CavendishError {
  return new CavendishError('bad-input', `"${text}" is no day and no instant`, {
    next: 'Write a day (2027-03-31), or an instant with its zone (2027-03-31T12:00:00Z).',
    cause,
  });
}

function inZone<T>(zone: string, use: () => T): T {
  if (!isZone(zone)) {
    throw new CavendishError('bad-input', `"${zone}" is no time zone`, { next: 'Write one as in Europe/Berlin.' });
  }
  return use();
}
