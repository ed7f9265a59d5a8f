import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { dayOf, endAfter, endOfDay, hasEnded, isZone, parseEnd, shownEnd } from '../../../lib/core/time/end.ts';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Sao_Paulo'];

describe('the end of a day', () => {
  it.each([
    ['2027-03-31', 'UTC', '2027-04-01T00:00:00.000Z'],
    ['2027-01-31', 'Europe/Berlin', '2027-01-31T23:00:00.000Z'],
    // The day on which summer time begins has 23 hours, the one on which it ends 25.
    ['2027-03-27', 'Europe/Berlin', '2027-03-27T23:00:00.000Z'],
    ['2027-03-28', 'Europe/Berlin', '2027-03-28T22:00:00.000Z'],
    ['2027-10-30', 'Europe/Berlin', '2027-10-30T22:00:00.000Z'],
    ['2027-10-31', 'Europe/Berlin', '2027-10-31T23:00:00.000Z'],
    // Midnight was skipped: the next day began at 01:00.
    ['2018-11-03', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['2028-02-28', 'UTC', '2028-02-29T00:00:00.000Z'],
    ['2028-02-29', 'Asia/Kolkata', '2028-02-29T18:30:00.000Z'],
    ['2027-12-31', 'America/New_York', '2028-01-01T05:00:00.000Z'],
  ])('of %s in %s is %s', (date, zone, at) => {
    expect(endOfDay(date, zone)).toEqual({ at, date, zone });
  });

  it.each(['2027-02-29', '2100-02-29', '2027-13-01', '2027-00-10', '27-1-1'])('refuses %s, which is no day', (date) => {
    expect(() => endOfDay(date, 'UTC')).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it('is the first instant that lies on another day, in every zone', () => {
    const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.constantFrom(...ZONES), (day, zone) => {
        const date = day.toISOString().slice(0, 10);
        const { at } = endOfDay(date, zone);
        expect(dayOf(at, zone)).not.toBe(date);
        expect(dayOf(new Date(Date.parse(at) - 1).toISOString(), zone)).toBe(date);
      }),
    );
  });
});

describe('an end that people write', () => {
  it('is a day of the zone, or an instant whatever the zone', () => {
    expect(parseEnd('2027-03-31', 'Europe/Berlin').at).toBe('2027-03-31T22:00:00.000Z');
    expect(parseEnd('2027-03-31T12:00+02:00', 'Europe/Berlin')).toEqual({
      at: '2027-03-31T10:00:00.000Z',
      date: null,
      zone: 'Europe/Berlin',
    });
  });

  it.each(['tomorrow', '2027-03-31T12:00', '2027-03-31 12:00Z', '2027-02-30T12:00Z', ''])('refuses "%s"', (text) => {
    expect(() => parseEnd(text, 'UTC')).toThrow(/is no day and no instant/u);
  });

  it('refuses a zone that is none', () => {
    expect(() => parseEnd('2027-03-31', 'Mars/Olympus')).toThrow(/is no time zone/u);
  });

  it('is shown as it was meant', () => {
    expect(shownEnd(endOfDay('2027-03-31', 'UTC'))).toBe('2027-03-31');
    expect(shownEnd(endOfDay('2027-03-31', 'Europe/Berlin'))).toBe('2027-03-31 (Europe/Berlin)');
    expect(shownEnd(parseEnd('2027-03-31T12:00Z', 'Europe/Berlin'))).toBe('2027-03-31T12:00Z');
  });
});

describe('having ended', () => {
  const end = endOfDay('2027-03-31', 'Europe/Berlin');

  it('is so at the very instant, and not a millisecond before', () => {
    expect(hasEnded(end, '2027-03-31T21:59:59.999Z')).toBe(false);
    expect(hasEnded(end, '2027-03-31T22:00:00.000Z')).toBe(true);
    expect(hasEnded(end, '2027-04-01T00:00:00+02:00')).toBe(true);
  });
});

describe('the end of the day some days later', () => {
  it('counts local days, not hours', () => {
    // 23:30 UTC is the next day in Berlin already; summer time begins in between.
    expect(endAfter('2027-03-26T23:30:00.000Z', 2, 'Europe/Berlin')).toEqual(endOfDay('2027-03-29', 'Europe/Berlin'));
    expect(endAfter('2028-02-28T12:00:00.000Z', 1, 'UTC').date).toBe('2028-02-29');
    expect(endAfter('2027-02-28T12:00:00.000Z', 365, 'UTC').date).toBe('2028-02-28');
  });
});

describe('a zone', () => {
  it.each([...ZONES, 'Etc/GMT+5'])('%s is one', (zone) => {
    expect(isZone(zone)).toBe(true);
  });

  it.each(['', 'Mars/Olympus', '+01:00', 'Europe', '../etc/passwd'])('"%s" is none', (zone) => {
    expect(isZone(zone)).toBe(false);
  });
});
