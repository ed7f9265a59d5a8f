import { describe, expect, it } from '@jest/globals';

import { HAND_CALENDAR } from './hand-calendar.ts';
import { happened } from './happened.ts';

describe('the calendar of what happens to things, computed by hand', () => {
  it('has 40 cases and more', () => {
    expect(HAND_CALENDAR.length).toBeGreaterThanOrEqual(40);
  });

  it.each(HAND_CALENDAR)('$name', (one) => {
    const rungs = one.rungs.split(',').map((rung) => rung.trim());
    expect(happened(one)).toEqual(rungs.filter(Boolean));
  });
});
