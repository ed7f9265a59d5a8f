/** The cases of the calendar that are about clocks. The rules of the zones: hand-calendar.ts. */
import type { CalendarCase } from './calendar-case.ts';

const granted = { kind: 'expiry', since: '2027-01-01T00:00:00.000Z' } as const;

export const ZONES: readonly CalendarCase[] = [
  {
    name: 'UTC',
    ...{ zone: 'UTC', ...granted, due: '2027-06-30', until: '2027-07-20T00:00:00.000Z' },
    rungs:
      '30 2027-05-31T09:00, 14 2027-06-16T09:00, 7 2027-06-23T09:00, 1 2027-06-29T09:00, 0 2027-06-30T09:00, +7 2027-07-07T09:00, +14 2027-07-14T09:00',
  },
  {
    name: 'Berlin in summer',
    ...{ zone: 'Europe/Berlin', ...granted, due: '2027-07-31', until: '2027-08-10T00:00:00.000Z' },
    rungs:
      '30 2027-07-01T07:00, 14 2027-07-17T07:00, 7 2027-07-24T07:00, 1 2027-07-30T07:00, 0 2027-07-31T07:00, +7 2027-08-07T07:00',
  },
  {
    name: 'Berlin, summer time begins in between',
    ...{ zone: 'Europe/Berlin', ...granted, due: '2027-04-10', until: '2027-04-11T00:00:00.000Z' },
    rungs: '30 2027-03-11T08:00, 14 2027-03-27T08:00, 7 2027-04-03T07:00, 1 2027-04-09T07:00, 0 2027-04-10T07:00',
  },
  {
    name: 'Berlin, on the day on which summer time begins',
    ...{ zone: 'Europe/Berlin', ...granted, due: '2027-03-28', until: '2027-04-05T00:00:00.000Z' },
    rungs:
      '30 2027-02-26T08:00, 14 2027-03-14T08:00, 7 2027-03-21T08:00, 1 2027-03-27T08:00, 0 2027-03-28T07:00, +7 2027-04-04T07:00',
  },
  {
    name: 'Berlin, summer time ends in between',
    ...{ zone: 'Europe/Berlin', ...granted, due: '2027-11-05', until: '2027-11-13T00:00:00.000Z' },
    rungs:
      '30 2027-10-06T07:00, 14 2027-10-22T07:00, 7 2027-10-29T07:00, 1 2027-11-04T08:00, 0 2027-11-05T08:00, +7 2027-11-12T08:00',
  },
  {
    name: 'Berlin, on the day on which summer time ends',
    ...{ zone: 'Europe/Berlin', ...granted, due: '2027-10-31', until: '2027-11-08T00:00:00.000Z' },
    rungs:
      '30 2027-10-01T07:00, 14 2027-10-17T07:00, 7 2027-10-24T07:00, 1 2027-10-30T07:00, 0 2027-10-31T08:00, +7 2027-11-07T08:00',
  },
  {
    name: 'Berlin, at an hour that is skipped: the later one',
    ...{ zone: 'Europe/Berlin', wall: '02:30', kind: 'expiry', since: '2027-03-16T00:00:00.000Z', due: '2027-03-28' },
    until: '2027-04-05T00:00:00.000Z',
    rungs: '7 2027-03-21T01:30, 1 2027-03-27T01:30, 0 2027-03-28T01:30, +7 2027-04-04T00:30',
  },
  {
    name: 'Berlin, at an hour that comes twice: the first',
    ...{ zone: 'Europe/Berlin', wall: '02:30', kind: 'expiry', since: '2027-10-20T00:00:00.000Z', due: '2027-10-31' },
    until: '2027-11-08T00:00:00.000Z',
    rungs: '7 2027-10-24T00:30, 1 2027-10-30T00:30, 0 2027-10-31T00:30, +7 2027-11-07T01:30',
  },
  {
    name: 'London, summer time begins in between',
    ...{ zone: 'Europe/London', ...granted, due: '2027-04-04', until: '2027-04-12T00:00:00.000Z' },
    rungs:
      '30 2027-03-05T09:00, 14 2027-03-21T09:00, 7 2027-03-28T08:00, 1 2027-04-03T08:00, 0 2027-04-04T08:00, +7 2027-04-11T08:00',
  },
  {
    name: 'New York, summer time begins in between',
    ...{ zone: 'America/New_York', ...granted, due: '2027-03-20', until: '2027-03-28T00:00:00.000Z' },
    rungs:
      '30 2027-02-18T14:00, 14 2027-03-06T14:00, 7 2027-03-13T14:00, 1 2027-03-19T13:00, 0 2027-03-20T13:00, +7 2027-03-27T13:00',
  },
  {
    name: 'New York, on the day on which summer time ends',
    ...{ zone: 'America/New_York', ...granted, due: '2027-11-07', until: '2027-11-15T00:00:00.000Z' },
    rungs:
      '30 2027-10-08T13:00, 14 2027-10-24T13:00, 7 2027-10-31T13:00, 1 2027-11-06T13:00, 0 2027-11-07T14:00, +7 2027-11-14T14:00',
  },
  {
    name: "St. John's, half an hour off, summer time ends in between",
    ...{ zone: 'America/St_Johns', kind: 'expiry', since: '2027-10-28T00:00:00.000Z', due: '2027-11-08' },
    until: '2027-11-09T00:00:00.000Z',
    rungs: '7 2027-11-01T11:30, 1 2027-11-07T12:30, 0 2027-11-08T12:30',
  },
  {
    name: 'Kolkata, without summer time',
    ...{ zone: 'Asia/Kolkata', ...granted, due: '2027-04-10', until: '2027-04-18T00:00:00.000Z' },
    rungs:
      '30 2027-03-11T03:30, 14 2027-03-27T03:30, 7 2027-04-03T03:30, 1 2027-04-09T03:30, 0 2027-04-10T03:30, +7 2027-04-17T03:30',
  },
  {
    name: 'Lord Howe, clocks go back by half an hour',
    ...{ zone: 'Australia/Lord_Howe', ...granted, due: '2027-04-05', until: '2027-04-13T00:00:00.000Z' },
    rungs:
      '30 2027-03-05T22:00, 14 2027-03-21T22:00, 7 2027-03-28T22:00, 1 2027-04-03T22:30, 0 2027-04-04T22:30, +7 2027-04-11T22:30',
  },
  {
    name: 'Auckland, summer time begins in between',
    ...{ zone: 'Pacific/Auckland', ...granted, due: '2027-09-30', until: '2027-10-07T00:00:00.000Z' },
    rungs:
      '30 2027-08-30T21:00, 14 2027-09-15T21:00, 7 2027-09-22T21:00, 1 2027-09-28T20:00, 0 2027-09-29T20:00, +7 2027-10-06T20:00',
  },
  {
    name: 'Pago Pago, where the day is the last to end',
    ...{ zone: 'Pacific/Pago_Pago', ...granted, due: '2027-02-28', until: '2027-03-08T00:00:00.000Z' },
    rungs:
      '30 2027-01-29T20:00, 14 2027-02-14T20:00, 7 2027-02-21T20:00, 1 2027-02-27T20:00, 0 2027-02-28T20:00, +7 2027-03-07T20:00',
  },
  {
    name: 'Havana, at an hour after midnight that is skipped: the later one',
    ...{ zone: 'America/Havana', wall: '00:30', kind: 'expiry', since: '2027-03-01T00:00:00.000Z', due: '2027-03-14' },
    until: '2027-03-22T00:00:00.000Z',
    rungs: '7 2027-03-07T05:30, 1 2027-03-13T05:30, 0 2027-03-14T05:30, +7 2027-03-21T04:30',
  },
  {
    name: 'Havana, at a midnight that is skipped: the first instant of the day',
    ...{ zone: 'America/Havana', wall: '00:00', kind: 'expiry', since: '2027-03-01T00:00:00.000Z', due: '2027-03-15' },
    until: '2027-03-16T00:00:00.000Z',
    // 14 days before is 1 March, 05:00: after the grant.
    rungs: '14 2027-03-01T05:00, 7 2027-03-08T05:00, 1 2027-03-14T05:00, 0 2027-03-15T04:00',
  },
];
