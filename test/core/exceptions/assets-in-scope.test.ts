import { describe, expect, it } from '@jest/globals';

import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { assetsInScope, highestCriticality, type ScopedAsset } from '../../../lib/core/exceptions/assets-in-scope.ts';
import type { ScopedImages } from '../../../lib/core/exceptions/scope.ts';
import { aDigest } from '../../support/assessments.ts';

const appetite = parseAppetite(
  `
version: 1
statement: What we accept.
unnamed: { stage: testing, owner: nobody, criticality: low }
assets:
  - { id: shop, repositories: ['shop/**', 'checkout'], owner: shop, stage: production, criticality: high }
  - { id: desk, repositories: ['desk/*'], owner: desk, stage: testing, criticality: medium }
stages:
  development: { criteria: [{ id: ok, says: ok, image: "false" }] }
  testing: { criteria: [{ id: ok, says: ok, image: "false" }] }
  production: { criteria: [{ id: ok, says: ok, image: "false" }] }
`,
  'a test',
);

const SHOP = { asset: 'shop', criticality: 'high' } as const;
const DESK = { asset: 'desk', criticality: 'medium' } as const;
const NOBODYS = { asset: null, criticality: 'low' } as const;
const DIGEST = { digest: aDigest('image') };

describe('the assets that an exception may concern', () => {
  it.each<[string, ScopedImages, readonly string[], readonly ScopedAsset[]]>([
    ['that of an asset', { asset: 'desk' }, [], [DESK]],
    ['nobody’s where the appetite no longer names the asset', { asset: 'gone' }, [], [NOBODYS]],
    [
      'all of them for a base, and what is nobody’s: anything may be built on it',
      { base: DIGEST.digest, name: 'debian:12' },
      [],
      [SHOP, DESK, NOBODYS],
    ],
    ['that of the repository where an image stands', DIGEST, ['shop/cart'], [SHOP]],
    [
      'those of all repositories where it stands, each once',
      DIGEST,
      ['shop/cart', 'desk/app', 'checkout'],
      [SHOP, DESK],
    ],
    [
      'nobody’s beside them where it stands in a repository of nobody as well',
      DIGEST,
      ['shop/cart', 'else'],
      [SHOP, NOBODYS],
    ],
    ['nobody’s where it stands nowhere', DIGEST, [], [NOBODYS]],
    ['that of a repository', { repository: 'desk/app' }, [], [DESK]],
    ['nobody’s for a repository that no asset names', { repository: 'else/app' }, [], [NOBODYS]],
    ['those that a pattern may name, and nobody’s', { repository: 'shop/*' }, [], [SHOP, NOBODYS]],
    ['those with any pattern that it may meet', { repository: 'check*' }, [], [SHOP, NOBODYS]],
    ['all that a wide pattern may name', { repository: '**/app' }, [], [SHOP, DESK, NOBODYS]],
    ['nobody’s for a pattern that meets none', { repository: 'else/*' }, [], [NOBODYS]],
  ])('are %s', (_, images, repositories, scoped) => {
    expect(assetsInScope(images, repositories, appetite)).toEqual(scoped);
  });

  it('ask for approval and an end by the most critical of them; where there is none, as if it were critical', () => {
    expect(highestCriticality([NOBODYS, SHOP, DESK])).toBe('high');
    expect(highestCriticality([DESK, NOBODYS])).toBe('medium');
    expect(highestCriticality([])).toBe('critical');
  });
});
