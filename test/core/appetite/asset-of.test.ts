import { describe, expect, it } from '@jest/globals';

import type { Asset } from '../../../lib/core/appetite/appetite.ts';
import { assetOf } from '../../../lib/core/appetite/asset-of.ts';

const UNNAMED = { stage: 'testing', owner: 'platform team', exposure: 'internet', criticality: 'high' } as const;

function anAsset(id: string, ...repositories: readonly string[]): Asset {
  return { id, repositories, owner: 'team', stage: 'production', exposure: 'internal', criticality: 'low' };
}

const ASSETS = [
  anAsset('all', '**'),
  anAsset('team', 'other', 'team/**'),
  anAsset('shop', 'team/shop', 'team/shop-*'),
  anAsset('database', '*/shop-database'),
];

describe('assetOf', () => {
  it.each([
    ['the plain name', 'team/shop', 'shop'],
    ['any pattern of an asset', 'other', 'team'],
    ['the pattern that says more', 'team/shop-front', 'shop'],
    ['the pattern that says more, though another names the team', 'team/shop-database', 'database'],
    ['what names its part of the registry', 'team/a/b/c', 'team'],
    ['what names everything', 'elsewhere', 'all'],
  ])('takes %s, in whatever order the file has them', (_, repository, id) => {
    expect(assetOf({ assets: ASSETS, unnamed: UNNAMED }, repository)).toMatchObject({
      asset: { id },
      stage: 'production',
    });
    expect(assetOf({ assets: [...ASSETS].reverse(), unnamed: UNNAMED }, repository)).toMatchObject({ asset: { id } });
  });

  it.each([
    ['that no asset names', 'elsewhere'],
    ['that is not given', null],
  ])('has the default stage for a repository %s', (_, repository) => {
    expect(assetOf({ assets: [anAsset('shop', 'team/shop')], unnamed: UNNAMED }, repository)).toEqual({
      asset: null,
      stage: 'testing',
    });
  });
});
