import { describe, expect, it } from '@jest/globals';

import { countsOf, distinctCount } from '../../../lib/core/scoring/counts.ts';

const NONE = { critical: 0, high: 0, medium: 0, low: 0, none: 0, unrated: 0 };

describe('countsOf', () => {
  it('counts a vulnerability in two packages once', () => {
    const twice = { vulnerability: 'CVE-2026-1', severity: 'high' } as const;

    expect(countsOf([twice, twice])).toEqual({ ...NONE, high: 1 });
    expect(distinctCount([twice, twice])).toBe(1);
  });

  it('counts the worst label, in whatever order they come', () => {
    const labels = (['low', 'critical', 'unrated'] as const).map((severity) => ({ vulnerability: 'USN-1', severity }));

    expect(countsOf(labels)).toEqual({ ...NONE, critical: 1 });
    expect(countsOf([...labels].reverse())).toEqual({ ...NONE, critical: 1 });
  });

  it('counts nothing in nothing', () => {
    expect(countsOf([])).toEqual(NONE);
  });
});
