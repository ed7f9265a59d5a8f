import { describe, expect, it } from '@jest/globals';

import { isZone } from '../../../lib/core/time/end.ts';
import { ZONES } from '../../../lib/core/time/zones.ts';

describe('ZONES', () => {
  it('are names of time zones, each once', () => {
    expect(ZONES.length).toBeGreaterThan(400);
    expect(ZONES.filter((zone) => !isZone(zone))).toEqual([]);
    expect(new Set(ZONES).size).toBe(ZONES.length);
  });
});
