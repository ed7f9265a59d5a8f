import { describe, expect, it } from '@jest/globals';

import { placementName } from '../../../lib/core/image/placement.ts';
import {
  foldedKey,
  PLACED_PREFIX,
  placedRiskKey,
  RISK_ASSETS_PARTITION,
  RISK_CHANGE_PREFIX,
  riskAssetKey,
  riskChangeKey,
  riskChangesUntil,
  riskKey,
  riskListKey,
  riskListPartitions,
  riskLookupKey,
  riskPartition,
} from '../../../lib/core/register/risk-keys.ts';
import { aPlacement } from '../../support/assessments.ts';

const ID = 'RISK-01KAXJ0000ABCDEFGHJKMNPQRS';
const AT = '2026-11-23T00:00:00.000Z';
const placement = aPlacement();
const PLACEMENT = placementName(placement);
const perl = { asset: 'shop', type: 'deb', source: 'perl' };

/** As docs/data-model.md says: under another key the risks that people have treated would be gone. */
describe('the keys of the risk register', () => {
  it.each([
    ['a risk', riskKey(ID), `RISK#${ID}`, 'STATE'],
    ['a change of one', riskChangeKey(ID, AT, 12), `RISK#${ID}`, `CHANGE#${AT}#00000012`],
    [
      'that a placement has it',
      placedRiskKey(ID, AT, placement, 'production'),
      `RISK#${ID}`,
      `PLACED#${AT}#${PLACEMENT}#production`,
    ],
    ['what of a placement stands in it', foldedKey(placement), `PLACEMENT#${PLACEMENT}`, 'FOLDED'],
    ['an asset that has risks', riskAssetKey('shop'), 'RISK-ASSETS', 'shop'],
  ])('put %s where it is looked for', (_, key, pk, sk) => {
    expect(key).toEqual({ pk, sk });
  });

  it('are found by the partitions and beginnings that are read', () => {
    expect(riskPartition(ID)).toBe(riskKey(ID).pk);
    expect(riskAssetKey('shop').pk).toBe(RISK_ASSETS_PARTITION);
    expect(riskChangeKey(ID, AT, 1).sk.startsWith(RISK_CHANGE_PREFIX)).toBe(true);
    expect(placedRiskKey(ID, AT, placement, 'production').sk.startsWith(PLACED_PREFIX)).toBe(true);
  });

  it('order the changes of one instant as they were recorded', () => {
    const changes = [1, 2, 10, 100].map((count) => riskChangeKey(ID, AT, count).sk);
    expect([...changes].sort()).toEqual(changes);
  });

  it('know the changes by an instant, that instant included and no later one', () => {
    const [from, to] = riskChangesUntil(AT);
    const isIn = (at: string): boolean => {
      const { sk } = riskChangeKey(ID, at, 99_999_999);
      return from <= sk && sk <= to;
    };
    expect(['2025-01-01T00:00:00.000Z', AT, '2026-11-23T00:00:00.001Z'].map(isIn)).toEqual([true, true, false]);
    expect(riskKey(ID).sk > to).toBe(true);
  });

  it('find a risk by asset, package and any name of the vulnerability, and no other one', () => {
    const key = riskLookupKey(perl, 'CVE-2026-1');
    expect(key.pk).toMatch(/^RISK-OF#[0-9a-f]{64}$/u);
    expect(key.sk).toBe('CVE-2026-1');
    expect(riskLookupKey({ ...perl }, 'GHSA-1')).toEqual({ pk: key.pk, sk: 'GHSA-1' });
    for (const other of [{ asset: 'desk' }, { type: 'rpm' }, { source: 'zlib' }]) {
      expect(riskLookupKey({ ...perl, ...other }, 'CVE-2026-1').pk).not.toBe(key.pk);
    }
  });

  it('spread the list of an asset over four partitions by the end of the id, and a risk lies in one of them', () => {
    expect(riskListPartitions('shop')).toEqual(['RISKS#shop#0', 'RISKS#shop#1', 'RISKS#shop#2', 'RISKS#shop#3']);
    const lists = ['0', '1', '2', '3', 'Z'].map((end) => riskListKey('shop', `RISK-${end}`));
    expect(lists.map(({ pk }) => pk)).toEqual([0, 1, 2, 3, 2].map((shard) => `RISKS#shop#${String(shard)}`));
    expect(lists[0]?.sk).toBe('RISK-0');
  });
});
