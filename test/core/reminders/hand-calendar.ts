/**
 * A calendar of reminders, computed by hand from the rules of time zones before there was code for it.
 *
 * The rules of the clocks that it uses:
 * - Europe/Berlin, Europe/London: forward on the last Sunday of March at 01:00 UTC, back on the last of October at 01:00 UTC.
 * - America/New_York, America/St_Johns: forward on the second Sunday of March, back on the first of November, at local 02:00.
 * - America/Havana: the same Sundays, forward at local 00:00 (to 01:00), back at local 01:00 (to 00:00).
 * - Australia/Lord_Howe: by half an hour, forward on the first Sunday of October, back on the first of April.
 * - Pacific/Auckland: forward on the last Sunday of September, back on the first of April.
 */

import type { CalendarCase } from './calendar-case.ts';
import { ZONES } from './hand-calendar-zones.ts';

const granted = { kind: 'expiry', since: '2027-01-01T00:00:00.000Z' } as const;

const DATES: readonly CalendarCase[] = [
  {
    name: 'on 29 February',
    ...{ zone: 'UTC', kind: 'expiry', since: '2028-01-01T00:00:00.000Z', due: '2028-02-29' },
    until: '2028-03-08T00:00:00.000Z',
    rungs:
      '30 2028-01-30T09:00, 14 2028-02-15T09:00, 7 2028-02-22T09:00, 1 2028-02-28T09:00, 0 2028-02-29T09:00, +7 2028-03-07T09:00',
  },
  {
    name: 'on 1 March of a leap year',
    ...{ zone: 'Europe/Berlin', kind: 'expiry', since: '2028-01-01T00:00:00.000Z', due: '2028-03-01' },
    until: '2028-03-02T00:00:00.000Z',
    rungs: '30 2028-01-31T08:00, 14 2028-02-16T08:00, 7 2028-02-23T08:00, 1 2028-02-29T08:00, 0 2028-03-01T08:00',
  },
  {
    name: 'on 1 March of another year',
    ...{ zone: 'UTC', ...granted, due: '2027-03-01', until: '2027-03-02T00:00:00.000Z' },
    rungs: '30 2027-01-30T09:00, 14 2027-02-15T09:00, 7 2027-02-22T09:00, 1 2027-02-28T09:00, 0 2027-03-01T09:00',
  },
  {
    name: 'on the last day of the year',
    ...{ zone: 'UTC', kind: 'expiry', since: '2026-11-25T08:00:00.000Z', due: '2026-12-31' },
    until: '2027-01-08T00:00:00.000Z',
    rungs:
      '30 2026-12-01T09:00, 14 2026-12-17T09:00, 7 2026-12-24T09:00, 1 2026-12-30T09:00, 0 2026-12-31T09:00, +7 2027-01-07T09:00',
  },
  {
    name: 'on the last day of the year where the day is the first to end',
    ...{ zone: 'Pacific/Kiritimati', ...granted, due: '2027-12-31', until: '2028-01-07T00:00:00.000Z' },
    rungs:
      '30 2027-11-30T19:00, 14 2027-12-16T19:00, 7 2027-12-23T19:00, 1 2027-12-29T19:00, 0 2027-12-30T19:00, +7 2028-01-06T19:00',
  },
  {
    name: 'on the first day of the year',
    ...{ zone: 'America/New_York', kind: 'expiry', since: '2026-11-01T00:00:00.000Z', due: '2027-01-01' },
    until: '2027-01-09T00:00:00.000Z',
    rungs:
      '30 2026-12-02T14:00, 14 2026-12-18T14:00, 7 2026-12-25T14:00, 1 2026-12-31T14:00, 0 2027-01-01T14:00, +7 2027-01-08T14:00',
  },
  {
    name: 'at an instant after the hour of reminders',
    ...{ zone: 'UTC', ...granted, due: '2027-05-10T15:00Z', until: '2027-05-18T00:00:00.000Z' },
    rungs:
      '30 2027-04-10T09:00, 14 2027-04-26T09:00, 7 2027-05-03T09:00, 1 2027-05-09T09:00, 0 2027-05-10T09:00, +7 2027-05-17T09:00',
  },
  {
    name: 'at an instant before the hour of reminders: on the day means by then',
    ...{ zone: 'UTC', ...granted, due: '2027-05-10T06:00Z', until: '2027-05-18T00:00:00.000Z' },
    rungs:
      '30 2027-04-10T09:00, 14 2027-04-26T09:00, 7 2027-05-03T09:00, 1 2027-05-09T09:00, 0 2027-05-10T06:00, +7 2027-05-17T09:00',
  },
  {
    name: 'at an instant that is another day at home',
    ...{ zone: 'Europe/Berlin', ...granted, due: '2027-05-10T23:30Z', until: '2027-05-19T00:00:00.000Z' },
    rungs:
      '30 2027-04-11T07:00, 14 2027-04-27T07:00, 7 2027-05-04T07:00, 1 2027-05-10T07:00, 0 2027-05-10T23:30, +7 2027-05-18T07:00',
  },
  {
    name: 'at an instant that is the day before at home',
    ...{ zone: 'America/New_York', ...granted, due: '2027-05-10T02:00Z', until: '2027-05-17T00:00:00.000Z' },
    rungs:
      '30 2027-04-09T13:00, 14 2027-04-25T13:00, 7 2027-05-02T13:00, 1 2027-05-08T13:00, 0 2027-05-09T13:00, +7 2027-05-16T13:00',
  },
  {
    name: 'at the instant of a local midnight: the day that ends with it',
    ...{ zone: 'Europe/Berlin', ...granted, due: '2027-05-10T22:00Z', until: '2027-05-18T00:00:00.000Z' },
    rungs:
      '30 2027-04-10T07:00, 14 2027-04-26T07:00, 7 2027-05-03T07:00, 1 2027-05-09T07:00, 0 2027-05-10T07:00, +7 2027-05-17T07:00',
  },
  {
    name: 'a ladder of its own: two rungs, not on the day, every 30 days after it',
    ...{ zone: 'UTC', ...granted, due: '2027-06-30', until: '2027-09-01T00:00:00.000Z' },
    ladder: { daysBefore: [10, 60], onTheDay: false, thenEveryDays: 30 },
    rungs: '60 2027-05-01T09:00, 10 2027-06-20T09:00, +30 2027-07-30T09:00, +60 2027-08-29T09:00',
  },
  {
    name: 'a ladder that says nothing after the day',
    ...{ zone: 'UTC', ...granted, due: '2027-06-30', until: '2028-06-30T00:00:00.000Z' },
    ladder: { daysBefore: [1], onTheDay: true, thenEveryDays: null },
    rungs: '1 2027-06-29T09:00, 0 2027-06-30T09:00',
  },
];

const due = { zone: 'UTC', due: '2027-06-30' } as const;

const HAPPENINGS: readonly CalendarCase[] = [
  {
    name: 'granted after the first rungs are past',
    ...{ ...due, kind: 'expiry', since: '2027-06-20T12:00:00.000Z', until: '2027-07-01T00:00:00.000Z' },
    rungs: '7 2027-06-23T09:00, 1 2027-06-29T09:00, 0 2027-06-30T09:00',
  },
  {
    name: 'granted at the very instant of a rung: it is not owed',
    ...{ ...due, kind: 'expiry', since: '2027-06-23T09:00:00.000Z', until: '2027-07-01T00:00:00.000Z' },
    rungs: '1 2027-06-29T09:00, 0 2027-06-30T09:00',
  },
  {
    name: 'granted a millisecond before a rung: it is owed',
    ...{ ...due, kind: 'expiry', since: '2027-06-23T08:59:59.999Z', until: '2027-07-01T00:00:00.000Z' },
    rungs: '7 2027-06-23T09:00, 1 2027-06-29T09:00, 0 2027-06-30T09:00',
  },
  {
    name: 'granted in the last hours of its last day',
    ...{ ...due, kind: 'expiry', since: '2027-06-30T10:00:00.000Z', until: '2027-07-10T00:00:00.000Z' },
    rungs: '+7 2027-07-07T09:00',
  },
  {
    name: 'renewed in mid-ladder: the renewal has a ladder of its own',
    ...{ ...due, ...granted, until: '2027-07-30T00:00:00.000Z' },
    then: [{ at: '2027-06-20T10:00:00.000Z', what: 'superseded' }],
    rungs: '30 2027-05-31T09:00, 14 2027-06-16T09:00',
  },
  {
    name: 'the renewal that was granted then',
    ...{ zone: 'UTC', kind: 'expiry', since: '2027-06-20T10:00:00.000Z', due: '2027-07-25' },
    until: '2027-07-26T00:00:00.000Z',
    rungs: '30 2027-06-25T09:00, 14 2027-07-11T09:00, 7 2027-07-18T09:00, 1 2027-07-24T09:00, 0 2027-07-25T09:00',
  },
  {
    name: 'revoked in mid-ladder',
    ...{ ...due, ...granted, until: '2027-07-30T00:00:00.000Z' },
    then: [{ at: '2027-06-25T10:00:00.000Z', what: 'revoked' }],
    rungs: '30 2027-05-31T09:00, 14 2027-06-16T09:00, 7 2027-06-23T09:00',
  },
  {
    name: 'lapsed before its first rung',
    ...{ ...due, ...granted, until: '2027-07-30T00:00:00.000Z' },
    then: [{ at: '2027-05-31T08:59:59.999Z', what: 'lapsed' }],
    rungs: '',
  },
  {
    name: 'expired, and acknowledged after its end',
    ...{ ...due, ...granted, until: '2027-09-30T00:00:00.000Z' },
    then: [{ at: '2027-07-10T00:00:00.000Z', what: 'acknowledged' }],
    rungs:
      '30 2027-05-31T09:00, 14 2027-06-16T09:00, 7 2027-06-23T09:00, 1 2027-06-29T09:00, 0 2027-06-30T09:00, +7 2027-07-07T09:00',
  },
  {
    name: 'acknowledged until a day: silent up to its end',
    ...{ zone: 'Europe/Berlin', kind: 'risk', since: '2027-01-10T10:00:00.000Z', due: '2027-05-31' },
    then: [{ at: '2027-05-20T10:00:00.000Z', what: 'acknowledged', until: '2027-05-30' }],
    until: '2027-06-08T00:00:00.000Z',
    rungs: '30 2027-05-01T07:00, 14 2027-05-17T07:00, 0 2027-05-31T07:00, +7 2027-06-07T07:00',
  },
  {
    name: 'a review before the end, unanswered: it is asked for until the exception ends',
    ...{ zone: 'UTC', kind: 'review', since: '2027-01-01T00:00:00.000Z', due: '2027-05-25', expiry: '2027-06-30' },
    until: '2027-07-08T00:00:00.000Z',
    rungs: `review 30 2027-04-25T09:00, review 14 2027-05-11T09:00, review 7 2027-05-18T09:00, review 1 2027-05-24T09:00,
      review 0 2027-05-25T09:00, expiry 30 2027-05-31T09:00, review +7 2027-06-01T09:00, review +14 2027-06-08T09:00,
      review +21 2027-06-15T09:00, expiry 14 2027-06-16T09:00, review +28 2027-06-22T09:00, expiry 7 2027-06-23T09:00,
      expiry 1 2027-06-29T09:00, review +35 2027-06-29T09:00, expiry 0 2027-06-30T09:00, expiry +7 2027-07-07T09:00`,
  },
  {
    name: 'a review that was answered late: its ladder begins anew with the next date',
    ...{ zone: 'UTC', kind: 'review', since: '2027-01-01T00:00:00.000Z', due: '2027-04-15', expiry: '2027-12-31' },
    then: [{ at: '2027-04-23T10:00:00.000Z', what: 'moved', due: '2027-07-15' }],
    until: '2027-07-16T00:00:00.000Z',
    rungs: `review 30 2027-03-16T09:00, review 14 2027-04-01T09:00, review 7 2027-04-08T09:00, review 1 2027-04-14T09:00,
      review 0 2027-04-15T09:00, review +7 2027-04-22T09:00, review 30 2027-06-15T09:00, review 14 2027-07-01T09:00,
      review 7 2027-07-08T09:00, review 1 2027-07-14T09:00, review 0 2027-07-15T09:00`,
  },
  {
    name: 'a review after the end: never asked for',
    ...{ zone: 'UTC', kind: 'review', since: '2027-06-20T00:00:00.000Z', due: '2027-07-31', expiry: '2027-06-30' },
    until: '2027-07-01T00:00:00.000Z',
    rungs: 'expiry 7 2027-06-23T09:00, expiry 1 2027-06-29T09:00, expiry 0 2027-06-30T09:00',
  },
  {
    name: 'a risk that gets another date: what is past of the new ladder is not owed',
    ...{ zone: 'Europe/Berlin', kind: 'risk', since: '2027-01-10T10:00:00.000Z', due: '2027-03-31' },
    then: [{ at: '2027-03-20T10:00:00.000Z', what: 'moved', due: '2027-04-10' }],
    until: '2027-04-11T00:00:00.000Z',
    // Of the second ladder 11 March is past; 27 March lies before the change of the clocks.
    rungs: `30 2027-03-01T08:00, 14 2027-03-17T08:00, 14 2027-03-27T08:00, 7 2027-04-03T07:00, 1 2027-04-09T07:00,
      0 2027-04-10T07:00`,
  },
  {
    name: 'evidence that is a year old, over 29 February, until there is newer',
    ...{ zone: 'Europe/Berlin', kind: 'evidence', since: '2027-03-03T12:00:00.000Z', due: '2027-03-02' },
    then: [{ at: '2028-02-25T12:00:00.000Z', what: 'moved', due: '2028-02-24' }],
    until: '2028-12-31T00:00:00.000Z',
    // 365 days after 2 March 2027 is 1 March 2028.
    rungs: '30 2028-01-31T08:00, 14 2028-02-16T08:00, 7 2028-02-23T08:00',
  },
  {
    name: 'the approval of a base, taken back after its end',
    ...{ zone: 'America/New_York', kind: 'approval', since: '2027-10-01T12:00:00.000Z', due: '2027-11-10' },
    then: [{ at: '2027-11-20T12:00:00.000Z', what: 'withdrawn' }],
    until: '2028-01-01T00:00:00.000Z',
    rungs: `30 2027-10-11T13:00, 14 2027-10-27T13:00, 7 2027-11-03T13:00, 1 2027-11-09T14:00, 0 2027-11-10T14:00,
      +7 2027-11-17T14:00`,
  },
];

export const HAND_CALENDAR: readonly CalendarCase[] = [...ZONES, ...DATES, ...HAPPENINGS];
