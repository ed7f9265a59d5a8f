import { describe, expect, it } from '@jest/globals';

import {
  baseApprovalKey,
  baseChangeKey,
  baseKey,
  BASES_PARTITION,
  causeChangedKey,
  causeDoneKey,
  causeHeadKey,
  causePageKey,
  causePartition,
  causeToldKey,
  CHAIN_ABOVE,
  chainKey,
  chainPartition,
  componentKey,
  ecosystemKey,
  ECOSYSTEMS_PARTITION,
  factsKey,
  imageNameKey,
  imageNamesPartition,
  imageRowsKey,
  layerImageKey,
  layerPartition,
  layerRowsKey,
  layerVulnerabilitiesKey,
  nameInKey,
  nameKey,
  namePartition,
  packageKey,
  packagePartition,
  plannedFeedsKey,
  quarantineKey,
  unsettledKey,
  unsettledPartitions,
  vulnerabilityLayerKey,
  vulnerabilityPartition,
} from '../../../lib/core/register/index-keys.ts';
import { checkKey } from '../../../lib/pipeline/ports/register-limits.ts';
import { aDigest, aPlacement } from '../../support/assessments.ts';

const [A, B] = [aDigest('a'), aDigest('b')];
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

  it.each<[string, { readonly pk: string; readonly sk: string }, string, string]>([
    ['what is known of an image', factsKey(A), `IMAGE#${A}`, 'FACTS'],
    ['that its rows are written', imageRowsKey(A, B), `IMAGE#${A}`, `ROWS#${B}`],
    ['a name of an image', imageNameKey(A, 'debian:12'), `IMAGE#${A}`, 'NAME#debian:12'],
    ['a build of a name', nameKey('debian:12', SEEN, A), 'NAME#debian:12', `${SEEN}#${A}`],
    ['an image under a chain', chainKey(A, 3, SEEN, B), `CHAIN#${A}`, `0003#${SEEN}#${B}`],
    ['the approval of a base', baseApprovalKey(A), `BASE#${A}`, 'APPROVAL'],
    ['a change of that', baseChangeKey(A, SEEN, B), `BASE#${A}`, `CHANGE#${SEEN}#${B}`],
    ['a base', baseKey(A), 'BASES', A],
    ['a layer that brought a package', componentKey('Debian/perl', A), 'COMPONENT#Debian/perl', A],
    ['a bucket of a package', packageKey('perl-base', 'Debian/perl'), 'PACKAGE#perl-base', 'Debian/perl'],
    ['an image that has a layer', layerImageKey(A, B), `LAYER#${A}`, `IMAGE#${B}`],
    ['that rows of a layer are written', layerRowsKey(A, B), `LAYER#${A}`, `ROWS#${B}`],
    ['the same of its vulnerabilities', layerVulnerabilitiesKey(A, B), `LAYER#${A}`, `VULNERABILITIES#${B}`],
    ['an ecosystem in use', ecosystemKey('Debian:12'), 'ECOSYSTEMS', 'Debian:12'],
    ['a layer with findings of a vulnerability', vulnerabilityLayerKey('CVE-1', A), 'VULNERABILITY#CVE-1', `IN#${A}`],
    ['for which feeds was planned', plannedFeedsKey(), 'FEEDS', 'PLANNED'],
    ['a round', causeHeadKey(A), `CAUSE#${A}`, 'HEAD'],
    ['a page of it', causePageKey(A, 12), `CAUSE#${A}`, 'PAGE#00000012'],
    ['that a page is judged', causeDoneKey(A, 12), `CAUSE#${A}`, 'DONE#00000012'],
    ['what a notice is about', causeToldKey(A, 1), `CAUSE#${A}`, 'TOLD#00000001'],
    ['a version that was set aside', quarantineKey('kev', A), 'QUARANTINE', `kev#${A}`],
  ])('are these for %s', (_, key, pk, sk) => {
    expect(key).toEqual({ pk, sk });
  });

  it('name a verdict that a round changed by its placement and stage', () => {
    const placement = aPlacement({ digest: A });
    expect(causeChangedKey(B, placement, 'testing')).toEqual({
      pk: `CAUSE#${B}`,
      sk: `CHANGED#laptop/local/embedded/team/app@${A}#testing`,
    });
  });

  it('have the partitions by which they are read', () => {
    expect([chainPartition(A), namePartition('n'), imageNamesPartition(A), layerPartition(A)]).toEqual([
      `CHAIN#${A}`,
      'NAME#n',
      `IMAGE#${A}`,
      `LAYER#${A}`,
    ]);
    expect([packagePartition('p'), vulnerabilityPartition('v'), causePartition(A)]).toEqual([
      'PACKAGE#p',
      'VULNERABILITY#v',
      `CAUSE#${A}`,
    ]);
    expect([BASES_PARTITION, ECOSYSTEMS_PARTITION]).toEqual(['BASES', 'ECOSYSTEMS']);
  });
});
