import { describe, expect, it } from '@jest/globals';

import { lastRoundUp } from '../../../lib/core/notices/round-up-times.ts';

/** 2026-11-25 is a Wednesday. */
describe('the last round-up', () => {
  it.each([
    ['daily', '2026-11-25T08:00:00.000Z', 'Europe/Berlin', '2026-11-25T08:00:00.000Z'],
    ['daily', '2026-11-25T07:59:59.999Z', 'Europe/Berlin', '2026-11-24T08:00:00.000Z'],
    ['daily', '2026-11-25T23:59:00.000Z', 'UTC', '2026-11-25T09:00:00.000Z'],
    // It is the 26th there already.
    ['daily', '2026-11-25T23:59:00.000Z', 'Asia/Tokyo', '2026-11-25T00:00:00.000Z'],
    ['daily', '2026-11-26T00:00:00.000Z', 'Asia/Tokyo', '2026-11-26T00:00:00.000Z'],
    // Summer time began on 29 March.
    ['daily', '2026-03-29T12:00:00.000Z', 'Europe/Berlin', '2026-03-29T07:00:00.000Z'],
    ['daily', '2026-03-28T12:00:00.000Z', 'Europe/Berlin', '2026-03-28T08:00:00.000Z'],
    ['weekly', '2026-11-25T08:00:00.000Z', 'Europe/Berlin', '2026-11-23T08:00:00.000Z'],
    ['weekly', '2026-11-23T08:00:00.000Z', 'Europe/Berlin', '2026-11-23T08:00:00.000Z'],
    ['weekly', '2026-11-23T07:59:00.000Z', 'Europe/Berlin', '2026-11-16T08:00:00.000Z'],
    ['weekly', '2026-11-22T12:00:00.000Z', 'UTC', '2026-11-16T09:00:00.000Z'],
    ['weekly', '2027-01-01T12:00:00.000Z', 'UTC', '2026-12-28T09:00:00.000Z'],
  ] as const)('%s at %s in %s: %s', (every, at, zone, last) => {
    expect(lastRoundUp(every, at, { clock: '09:00', zone })).toBe(last);
  });

  it('is an hour on where clocks skip its time', () => {
    const night = { clock: '02:30', zone: 'Europe/Berlin' };
    expect(lastRoundUp('daily', '2026-03-29T12:00:00.000Z', night)).toBe('2026-03-29T01:30:00.000Z');
  });
});
