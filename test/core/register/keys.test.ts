import { describe, expect, it } from '@jest/globals';

import type { Placement } from '../../../lib/core/image/placement.ts';
import {
  assessmentKey,
  assessmentPartition,
  assetKey,
  boardKey,
  boardPartitions,
  channelKey,
  currentKey,
  digestKey,
  digestPartition,
  firstSightKey,
  inventoryKey,
  layerKey,
  mirrorKey,
  mirrorListedKey,
  mirrorPartition,
  placedAssessmentKey,
  placementPartition,
  secondOpinionKey,
  SWEEP_CURSOR,
} from '../../../lib/core/register/keys.ts';

const HEX = `0a${'1'.repeat(62)}`;
const digest = `sha256:${HEX}` as const;
const placement: Placement = {
  account: '111122223333',
  region: 'eu-central-1',
  registry: 'ecr',
  repository: 'team/app',
  digest,
};
const REPOSITORY = '111122223333/eu-central-1/ecr/team/app';
const AT = '2026-11-23T00:00:00.000Z';

/** As docs/data-model.md says: another key would be another register. */
describe('the keys of the register', () => {
  it.each([
    ['a current verdict', currentKey(placement, 'testing'), `PLACEMENT#${REPOSITORY}@${digest}`, 'CURRENT#testing'],
    [
      'an assessment in its history',
      placedAssessmentKey(placement, AT, digest),
      `PLACEMENT#${REPOSITORY}@${digest}`,
      `ASSESSMENT#${AT}#${digest}`,
    ],
    ['an assessment', assessmentKey(digest), 'ASSESSMENT#0a', HEX],
    [
      'what a tag told people',
      channelKey(placement, '1.0', 'linux/arm64', 'production'),
      `CHANNEL#${REPOSITORY}`,
      '1.0#linux/arm64#production',
    ],
    [
      'what a repository told people',
      channelKey(placement, null, 'linux/arm64', 'production'),
      `CHANNEL#${REPOSITORY}`,
      '#linux/arm64#production',
    ],
    ['an inventory', inventoryKey(digest, '7'), `IMAGE#${digest}`, 'SBOM#7'],
    ['what was read in a layer', layerKey(digest, '7'), `LAYER#${digest}`, 'SCAN#7'],
    ['a first sight', firstSightKey('CVE-2026-1'), 'VULNERABILITY#CVE-2026-1', 'FIRST-SIGHT'],
    [
      'a line of the board',
      boardKey('shop', placement, 'linux/amd64', 'production'),
      'BOARD#shop#2',
      `team/app#${digest}#linux/amd64#production`,
    ],
    [
      'a line of the board, of no asset',
      boardKey(null, placement, 'linux/amd64', 'production'),
      'BOARD##2',
      `team/app#${digest}#linux/amd64#production`,
    ],
    ['a placement by its digest', digestKey(placement), 'DIGEST#0a', `${HEX}#${REPOSITORY}@${digest}`],
    ['an asset', assetKey('shop'), 'ASSETS', 'ASSET#shop'],
    ['no asset', assetKey(null), 'ASSETS', 'ASSET#'],
    ['a manifest in the mirror', mirrorKey(placement), `REGISTRY#${REPOSITORY}`, `IMAGE#${digest}`],
    ['what an index lists', mirrorListedKey(placement), `REGISTRY#${REPOSITORY}`, `LISTED#${digest}`],
    [
      'a second opinion',
      secondOpinionKey(placement, 'ecr-basic'),
      `PLACEMENT#${REPOSITORY}@${digest}`,
      'SECOND-OPINION#ecr-basic',
    ],
    ['where a sweep goes on', SWEEP_CURSOR, 'SWEEP', 'RECONCILE'],
  ])('put %s where it is looked for', (_, key, pk, sk) => {
    expect(key).toEqual({ pk, sk });
  });

  it('spread the board of an asset over four partitions, and a line lies in one of them', () => {
    expect(boardPartitions('shop')).toEqual(['BOARD#shop#0', 'BOARD#shop#1', 'BOARD#shop#2', 'BOARD#shop#3']);
    for (const first of ['00', '01', '7e', 'ff']) {
      const of = { ...placement, digest: `sha256:${first}${HEX.slice(2)}` as const };
      expect(boardPartitions(null)).toContain(boardKey(null, of, 'linux/amd64', 'production').pk);
    }
  });

  it('need two digits of a digest to know a partition', () => {
    expect([assessmentPartition('0a9'), digestPartition('0a9')]).toEqual(['ASSESSMENT#0a', 'DIGEST#0a']);
    expect([placementPartition(placement), mirrorPartition(placement)]).toEqual([
      `PLACEMENT#${REPOSITORY}@${digest}`,
      `REGISTRY#${REPOSITORY}`,
    ]);
  });
});
