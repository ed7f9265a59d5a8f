import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { nextRung, rungsAfter, rungsBetween } from '../../../lib/core/reminders/ladder.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { LADDER, readCalendar } from './calendar.ts';

const CALENDAR = readCalendar();

describe('the calendar that was computed by hand', () => {
  it('has its forty cases and more', () => {
    expect(CALENDAR).toHaveLength(43);
  });

  it.each(CALENDAR.map((one) => [one.what, one] as const))('%s', (_what, { calendar, since, rungs, more }) => {
    const found = [...rungsAfter(calendar, since).take(rungs.length + 1)];
    expect(found.slice(0, rungs.length).map(({ name, at }) => `${name} ${at}`)).toEqual(
      rungs.map((rung) => `${rung}:00.000Z`),
    );
    expect(found.length > rungs.length).toBe(more);
  });
});

describe('a ladder', () => {
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
  const days = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-12-31'), noInvalidDate: true });

  it('is climbed from anywhere to the same rungs', () => {
    fc.assert(
      fc.property(days, zones, days, fc.nat(20), (day, zone, from, steps) => {
        const calendar = {
          due: endOfDay(day.toISOString().slice(0, 10), zone),
          clock: '09:00',
          ladder: LADDER,
          until: null,
        };
        let at = from.toISOString();
        const climbed: string[] = [];
        for (let step = 0; step < steps; step += 1) {
          const rung = nextRung(calendar, at);
          if (rung === null) throw new Error('it goes on for ever');
          climbed.push(rung.name);
          at = rung.at;
        }
        const walked = [...rungsAfter(calendar, from.toISOString()).take(steps)].map(({ name }) => name);
        expect(climbed).toEqual(walked);
        // The last one not after an instant is the one that was climbed to last.
        if (steps > 0) expect(rungsBetween(calendar, from.toISOString(), at).at(-1)?.at).toBe(at);
      }),
    );
  });

  it('has no rung before it began, and none that is owed late after the day of an instant', () => {
    fc.assert(
      fc.property(days, zones, days, (due, zone, since) => {
        const calendar = {
          due: { at: due.toISOString(), date: null, zone },
          clock: '09:00',
          ladder: LADDER,
          until: null,
        };
        for (const { at, name } of rungsAfter(calendar, since.toISOString()).take(12)) {
          expect(at > since.toISOString()).toBe(true);
          if (!name.startsWith('+')) expect(at <= due.toISOString()).toBe(true);
        }
      }),
    );
  });

  it('that nobody climbs any more after its day has an end', () => {
    const ladder = { daysBefore: [7], onTheDay: false, thenEveryDays: null };
    const calendar = { due: endOfDay('2027-06-30', 'UTC'), clock: '09:00', ladder, until: null };
    expect(nextRung(calendar, '2027-06-23T09:00:00.000Z')).toBeNull();
    expect(rungsBetween(calendar, '2027-06-23T09:00:00.000Z', '2028-01-01T00:00:00.000Z')).toEqual([]);
  });

  it('says from when on it is late', () => {
    const rungs = [
      ...rungsAfter(
        { due: endOfDay('2027-06-30', 'UTC'), clock: '09:00', ladder: LADDER, until: null },
        '2027-06-28T00:00:00.000Z',
      ).take(3),
    ];
    expect(rungs.map(({ name, overdue }) => [name, overdue])).toEqual([
      ['1', false],
      ['0', false],
      ['+7', true],
    ]);
  });
});
