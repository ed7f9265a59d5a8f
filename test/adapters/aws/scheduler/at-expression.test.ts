import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { atExpression, instantOf } from '../../../../lib/adapters/aws/scheduler/at-expression.ts';

const said = (at: string, zone: string) => {
  const { ScheduleExpression, ScheduleExpressionTimezone } = atExpression(at, zone);
  return `${ScheduleExpression} ${ScheduleExpressionTimezone}`;
};

describe('an instant for EventBridge Scheduler', () => {
  it.each([
    ['in winter', '2027-01-15T08:00:00.000Z', 'Europe/Berlin', 'at(2027-01-15T09:00:00) Europe/Berlin'],
    ['in summer', '2027-07-15T07:00:00.000Z', 'Europe/Berlin', 'at(2027-07-15T09:00:00) Europe/Berlin'],
    [
      'on another day than in UTC',
      '2027-01-15T20:30:05.000Z',
      'Pacific/Auckland',
      'at(2027-01-16T09:30:05) Pacific/Auckland',
    ],
    [
      'after an hour that clocks skip',
      '2027-03-28T01:30:00.000Z',
      'Europe/Berlin',
      'at(2027-03-28T03:30:00) Europe/Berlin',
    ],
    ['in the first of two hours', '2027-10-31T00:30:00.000Z', 'Europe/Berlin', 'at(2027-10-31T00:30:00) UTC'],
    ['in the second of two hours', '2027-10-31T01:30:00.000Z', 'Europe/Berlin', 'at(2027-10-31T01:30:00) UTC'],
    ['in UTC', '2028-02-29T09:00:00.000Z', 'UTC', 'at(2028-02-29T09:00:00) UTC'],
  ])('%s is written as the clock there shows it, where it shows it once', (_, at, zone, expected) => {
    expect(said(at, zone)).toBe(expected);
  });

  it('is read back as the same, whatever clocks do', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu'];
    const seconds = fc.integer({ min: Date.UTC(2026) / 1000, max: Date.UTC(2040) / 1000 });
    fc.assert(
      fc.property(seconds, fc.constantFrom(...zones), (second, zone) => {
        const at = new Date(second * 1000).toISOString();
        expect(instantOf(atExpression(at, zone))).toBe(at);
      }),
    );
  });

  it.each([
    ['no one-time schedule', 'rate(15 minutes)', 'UTC'],
    ['no time', 'at(2027-03-28)', 'UTC'],
    ['what no clock shows', 'at(2027-03-28T02:30:00)', 'Europe/Berlin'],
    ['what the clock shows twice', 'at(2027-10-31T02:30:00)', 'Europe/Berlin'],
    ['no day', 'at(2027-02-30T02:30:00)', 'UTC'],
    ['no zone', 'at(2027-02-20T02:30:00)', 'Europe/Atlantis'],
  ])('is none in %s', (_, ScheduleExpression, ScheduleExpressionTimezone) => {
    expect(instantOf({ ScheduleExpression, ScheduleExpressionTimezone })).toBeNull();
  });
});
