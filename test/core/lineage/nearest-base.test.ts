import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Digest } from '../../../lib/core/image/digest.ts';
import { chainIds } from '../../../lib/core/lineage/chain-id.ts';
import type { ImageFacts } from '../../../lib/core/lineage/image-facts.ts';
import { baseAmong } from '../../../lib/core/lineage/nearest-base.ts';
import { aDigest } from '../../support/assessments.ts';

function seen(name: string, diffIds: readonly Digest[], given: Partial<ImageFacts> = {}): ImageFacts {
  return {
    ...{ image: aDigest(name), platform: 'linux/amd64', chain: chainIds(diffIds).at(-1) ?? null },
    ...{ layers: diffIds.length, diffIds, created: null, firstSeen: '2026-11-23T00:00:00.000Z' },
    ...{ baseName: null, baseDigest: null },
    ...given,
  };
}

const [L1, L2] = [aDigest('layer 1'), aDigest('layer 2')];
const alone = (digest: Digest): readonly Digest[] => [digest];
const nothing: ReadonlySet<Digest> = new Set();

describe('the nearest base among images of the same layers', () => {
  const early = seen('early', [L1], { firstSeen: '2026-11-01T00:00:00.000Z' });
  const late = seen('late', [L1], { firstSeen: '2026-11-02T00:00:00.000Z' });
  const child = seen('child', [L1, L2]);

  it('is the one that was seen first', () => {
    expect(baseAmong([late, early], child, alone, nothing)).toBe(early);
    expect(baseAmong([late, early], late, alone, nothing)).toBe(early);
    expect(baseAmong([late, early], early, alone, nothing)).toBeNull();
    expect(baseAmong([], child, alone, nothing)).toBeNull();
  });

  it('is the one that the image names by its digest, or by the digest of its index', () => {
    const says = { ...child, baseDigest: aDigest('index') };

    expect(baseAmong([early, late], { ...child, baseDigest: late.image }, alone, nothing)).toBe(late);
    expect(baseAmong([early, late], says, () => [late.image], nothing)).toBe(late);
    expect(baseAmong([early, late], says, alone, nothing)).toBe(early);
  });

  it('is the one that has the name, where no digest settles it, and never for an image of the same layers', () => {
    expect(baseAmong([early, late], child, alone, new Set([late.image]))).toBe(late);
    expect(baseAmong([early, late], { ...child, baseDigest: early.image }, alone, new Set([late.image]))).toBe(early);
    expect(baseAmong([early, late], early, alone, new Set([late.image]))).toBeNull();
  });

  it('is the one that the first one names, however late that was seen', () => {
    const first = { ...early, baseDigest: late.image };

    expect(baseAmong([first, late], child, alone, nothing)).toBe(late);
    expect(baseAmong([first, late], first, alone, nothing)).toBe(late);
    expect(baseAmong([first, late], late, alone, nothing)).toBeNull();
  });

  it('gives every image one way up, that ends, and the same for every order of reading', () => {
    const members = fc
      .array(fc.record({ day: fc.nat(5), names: fc.nat(9) }), { minLength: 1, maxLength: 10 })
      .map((all) =>
        all.map(({ day, names }, at) =>
          seen(String(at), [L1], {
            firstSeen: `2026-11-0${String(day + 1)}T00:00:00.000Z`,
            // As with real digests: an image can name only what was there before it.
            baseDigest: names < at ? aDigest(String(names)) : null,
          }),
        ),
      );
    fc.assert(
      fc.property(members, fc.nat(), (all, turn) => {
        const turned = [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)].reverse();
        const roots = all.filter((one) => baseAmong(all, one, alone, nothing) === null);

        expect(roots).toHaveLength(1);
        for (const one of all) {
          expect(baseAmong(turned, one, alone, nothing)).toEqual(baseAmong(all, one, alone, nothing));
          let steps = 0;
          for (let up: ImageFacts | null = one; up !== null; up = baseAmong(all, up, alone, nothing)) {
            steps += 1;
            expect(steps).toBeLessThanOrEqual(all.length);
          }
        }
      }),
    );
  });
});
