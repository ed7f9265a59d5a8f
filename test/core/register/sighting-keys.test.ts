import { describe, expect, it } from '@jest/globals';

import {
  indexMemberKey,
  indexPartition,
  inIndexKey,
  runningKey,
  runningPartitions,
  sightedKey,
  sightedPartition,
} from '../../../lib/core/register/sighting-keys.ts';

const HEX = `0a${'f'.repeat(62)}`;
const DIGEST = `sha256:${HEX}` as const;
const INDEX = `sha256:${'1'.repeat(64)}` as const;

describe('the keys of what runs where', () => {
  it('keep a place as a whole in a slot of its own, and its units in sixteen', () => {
    expect(sightedPartition(DIGEST)).toBe(`SIGHTED#${DIGEST}`);
    expect(sightedKey(DIGEST, 'shop', '')).toEqual({ pk: `SIGHTED#${DIGEST}`, sk: 'shop#' });
    // 'a' is 97, 97 mod 16 is 1; 'ab' is (97 * 31 + 98) mod 65521 = 3105, mod 16 is 1; 'b' is 98: 2.
    expect(sightedKey(DIGEST, 'shop', 'a').sk).toBe('shop#1');
    expect(sightedKey(DIGEST, 'shop', 'ab').sk).toBe('shop#1');
    expect(sightedKey(DIGEST, 'shop', 'b').sk).toBe('shop#2');

    const slots = Array.from({ length: 1000 }, (_, unit) => sightedKey(DIGEST, 'shop', `task-${unit}`).sk);
    const inHex = Array.from({ length: 16 }, (_, slot) => `shop#${slot.toString(16)}`);
    expect([...new Set(slots)].sort()).toEqual(inHex);
  });

  it('list what runs in four partitions, by the first two digits of the digest', () => {
    expect(runningPartitions()).toEqual(['RUNNING#0', 'RUNNING#1', 'RUNNING#2', 'RUNNING#3']);
    // 0x0a is 10: 2 of 4.
    expect(runningKey(DIGEST, 'shop', 'b')).toEqual({ pk: 'RUNNING#2', sk: `${DIGEST}#shop#2` });
  });

  it('name what an index lists from either side', () => {
    expect(indexPartition(INDEX)).toBe(`INDEX#${INDEX}`);
    expect(indexMemberKey(INDEX, DIGEST)).toEqual({ pk: `INDEX#${INDEX}`, sk: `IMAGE#${DIGEST}` });
    expect(inIndexKey(DIGEST, INDEX)).toEqual({ pk: `IMAGE#${DIGEST}`, sk: `INDEX#${INDEX}` });
  });
});
