import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { bringers } from '../../../lib/core/lineage/brought-by.ts';
import { type Base, baseOf, NO_LINEAGE } from '../../../lib/core/lineage/lineage.ts';
import { aDigest } from '../../support/assessments.ts';
import { aBase } from '../../support/family.ts';

const LAYERS = ['a', 'b', 'c', 'd'].map(aDigest);
const debian = aBase({ image: aDigest('debian'), layers: 1 });
const python = aBase({ image: aDigest('python'), layers: 3 });

function whose(bases: readonly Base[]): readonly (Base | null)[] {
  return LAYERS.map(bringers({ ...NO_LINEAGE, bases }, LAYERS));
}

describe('who brought a package', () => {
  it('is the base with the fewest layers that has its layer, else the image', () => {
    expect(whose([python, debian])).toEqual([debian, python, python, null]);
    expect(whose([])).toEqual([null, null, null, null]);
  });

  it('is, of bases with the same layers, the base of the other', () => {
    expect(whose([python, { ...debian, image: aDigest('labelled') }, debian])[0]).toBe(debian);
  });

  it('is the image itself where an earlier build of it did: nobody inherits from himself', () => {
    expect(whose([{ ...python, own: true }, debian])).toEqual([debian, null, null, null]);
  });

  it('is the image, for a layer that is not among its own', () => {
    expect(bringers({ ...NO_LINEAGE, bases: [python] }, LAYERS)(aDigest('elsewhere'))).toBeNull();
  });

  it('is never a base that has not got the layer, and no base with fewer layers has it', () => {
    const lines = fc
      .array(fc.record({ layers: fc.integer({ min: 1, max: 4 }), own: fc.boolean() }), { maxLength: 5 })
      .map((all) =>
        all
          .sort((a, b) => b.layers - a.layers)
          .map(({ layers, own }, at) => aBase({ image: aDigest(String(at)), layers, own })),
      );
    fc.assert(
      fc.property(lines, (bases) => {
        whose(bases).forEach((bringer, at) => {
          const having = bases.filter(({ layers }) => layers > at);
          const fewest = Math.min(...having.map(({ layers }) => layers));
          expect(bringer === null || (bringer.layers === fewest && !bringer.own)).toBe(true);
          if (having.length > 0 && having.every(({ own }) => !own)) expect(bringer?.layers).toBe(fewest);
          if (having.length === 0) expect(bringer).toBeNull();
        });
      }),
    );
  });
});

describe('the base that counts', () => {
  it('is the nearest that is no earlier build of the same repository', () => {
    expect(baseOf({ ...NO_LINEAGE, bases: [{ ...python, own: true }, debian] })).toBe(debian);
    expect(baseOf({ ...NO_LINEAGE, bases: [python, debian] })).toBe(python);
    expect(baseOf({ ...NO_LINEAGE, bases: [{ ...python, own: true }] })).toBeNull();
  });
});
