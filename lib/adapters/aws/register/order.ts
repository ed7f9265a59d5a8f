/**
 * The order in which the outbox is worked off, as one number: by due time, then by insertion.
 *
 * DynamoDB keeps 38 digits of a number and can add two where it stores them, so one update moves an
 * entry to another due time and need not read its place first:
 *
 *     due (milliseconds since 1970, 0 when new) × 10^22  +  place (22 digits)
 *
 * A place is the millisecond of insertion and a count within the process: entries of two processes that
 * come in the same millisecond have no order among themselves.
 */
import type { Clock } from '../../../pipeline/ports/clock.ts';

const PLACE_DIGITS = 22;
const COUNT_DIGITS = 9;

/** What to add a place to. */
export function orderOf(due: Date): string {
  return due.getTime() === 0 ? '0' : `${due.getTime()}${'0'.repeat(PLACE_DIGITS)}`;
}

/** The order that is behind all that are due at that instant. */
export function orderBehind(now: Date): string {
  return orderOf(new Date(now.getTime() + 1));
}

/** The millisecond of insertion of an entry that is new: its order is its place. */
export function insertedAt(place: string): Date {
  return new Date(Number(place.slice(0, -COUNT_DIGITS)));
}

/** Gives places, each behind the one before. */
export function placesOf(clock: Clock): () => string {
  let count = 0;
  let last = 0;
  return () => {
    // A clock that is set back must not put what comes later first.
    last = Math.max(last, clock().getTime());
    count = (count + 1) % 10 ** COUNT_DIGITS;
    return `${last}${String(count).padStart(COUNT_DIGITS, '0')}`;
  };
}
