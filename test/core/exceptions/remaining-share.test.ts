import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { remainingShare } from '../../../lib/core/exceptions/remaining-share.ts';
import { aControl } from '../../support/grants.ts';

const BOUNDS = { likelihood: 0.9, impact: 0.5 };
const controls = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
    .map(([likelihood, impact]) => aControl(likelihood / 100, impact / 100)),
  { maxLength: 5 },
);

describe('remainingShare', () => {
  it.each([
    ['nothing lowers', [], 1],
    ['a control of likelihood', [aControl(0.5)], 0.5],
    ['one of both', [aControl(0.5, 0.2)], 0.4],
    ['two, of which each takes its part of the rest', [aControl(0.5), aControl(0.5)], 0.25],
    ['more than the appetite lets all of them do', [aControl(1, 1)], 0.05],
    ['many small ones that together pass the bound', [aControl(0.8), aControl(0.8)], 0.1],
  ])('says what is left where %s', (_what, given, share) => {
    expect(remainingShare(given, BOUNDS)).toBe(share);
  });

  it('is a share, falls with each control, and is the same in every order', () => {
    fc.assert(
      fc.property(controls, controls, (some, more) => {
        const share = remainingShare(some, BOUNDS);
        expect(share).toBeGreaterThanOrEqual(0.05);
        expect(share).toBeLessThanOrEqual(1);
        expect(remainingShare([...some, ...more], BOUNDS)).toBeLessThanOrEqual(share);
        expect(remainingShare([...some, ...more].reverse(), BOUNDS)).toBe(remainingShare([...some, ...more], BOUNDS));
      }),
    );
  });
});
