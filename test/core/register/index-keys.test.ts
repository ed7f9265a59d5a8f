import { describe, expect, it } from '@jest/globals';

import {
  CHAIN_ABOVE,
  chainKey,
  componentKey,
  nameInKey,
  packageKey,
  unsettledKey,
  unsettledPartitions,
  vulnerabilityLayerKey,
} from '../../../lib/core/register/index-keys.ts';
import { checkKey } from '../../../lib/pipeline/ports/register-limits.ts';
import { aDigest, aPlacement } from '../../support/assessments.ts';

const SEEN = '2026-11-23T00:00:00.000Z';

describe('the keys of rows', () => {
  it('put images in the order of how many layers they have above a chain, then of when they were seen', () => {
    const [a, b] = [aDigest('a'), aDigest('b')];
    const keys = [
      chainKey(a, 0, SEEN, b),
      chainKey(a, 0, '2026-11-24T00:00:00.000Z', a),
      chainKey(a, 2, SEEN, a),
      chainKey(a, 10, SEEN, a),
    ].map(({ sk }) => sk);

    expect([...keys].sort()).toEqual(keys);
    expect(keys.map((sk) => CHAIN_ABOVE[0] <= sk && sk <= CHAIN_ABOVE[1])).toEqual([false, false, true, true]);
    expect(chainKey(a, 999, SEEN, a).sk <= CHAIN_ABOVE[1]).toBe(true);
  });

  it.each([['x'.repeat(5000)], ['é'.repeat(600)], ['half \ud800 a character'], ['']])(
    'hold any name that an image may have: %s',
    (name) => {
      const layer = aDigest('layer');
      const keys = [componentKey(`Debian/${name}`, layer), packageKey(name, `Debian/${name}`)];

      for (const key of [...keys, vulnerabilityLayerKey(name, layer)]) expect(checkKey(key)).toBeGreaterThan(0);
    },
  );

  it('keep long names apart, and leave others as they are', () => {
    expect(nameInKey(`${'x'.repeat(600)}a`)).not.toBe(nameInKey(`${'x'.repeat(600)}b`));
    expect(nameInKey('libstdc++6')).toBe('libstdc++6');
  });

  it('spread lists over partitions that can all be read', () => {
    const placement = aPlacement({ digest: aDigest('some') });

    expect(unsettledPartitions()).toContain(unsettledKey(placement, 'production').pk);
    expect(new Set(unsettledPartitions()).size).toBe(256);
  });
});
