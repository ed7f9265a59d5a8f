import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Digest } from '../../../lib/core/image/digest.ts';
import { chainIds } from '../../../lib/core/lineage/chain-id.ts';

const digests = fc
  .array(fc.string({ unit: fc.constantFrom('0', '7', 'a', 'f'), minLength: 64, maxLength: 64 }), { maxLength: 8 })
  .map((all) => all.map((hex): Digest => `sha256:${hex}`));

describe('chain IDs', () => {
  it('are those of an image that docker made: two layers, and what it calls their chain', () => {
    const diffIds: Digest[] = [
      'sha256:1111111111111111111111111111111111111111111111111111111111111111',
      'sha256:2222222222222222222222222222222222222222222222222222222222222222',
    ];
    const second = createHash('sha256').update(`${diffIds[0]} ${diffIds[1]}`).digest('hex');

    expect(chainIds(diffIds)).toEqual([diffIds[0], `sha256:${second}`]);
    expect(chainIds([])).toEqual([]);
  });

  it('of a prefix are a prefix of those of the whole, and no others are equal', () => {
    fc.assert(
      fc.property(digests, digests, (one, other) => {
        const [ours, theirs] = [chainIds(one), chainIds(other)];
        ours.forEach((id, at) => {
          const same = JSON.stringify(one.slice(0, at + 1)) === JSON.stringify(other.slice(0, at + 1));
          expect(theirs[at] === id).toBe(same);
        });
        expect(chainIds([...one, ...other]).slice(0, one.length)).toEqual(ours);
      }),
    );
  });
});
