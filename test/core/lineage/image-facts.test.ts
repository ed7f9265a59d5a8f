import { describe, expect, it } from '@jest/globals';

import { chainIds } from '../../../lib/core/lineage/chain-id.ts';
import { type DescribedImage, factsOf, readFacts } from '../../../lib/core/lineage/image-facts.ts';
import { aDigest } from '../../support/assessments.ts';

const SEEN = '2026-11-23T00:00:00.000Z';
const diffIds = [aDigest('debian'), aDigest('python')];

const image: DescribedImage = {
  digest: aDigest('image'),
  platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
  created: '2026-11-01T00:00:00.000Z',
  base: { name: 'docker.io/library/debian:12', digest: aDigest('base') },
  layers: diffIds.map((diffId) => ({ diffId })),
};

describe('what is known of an image without its packages', () => {
  it('is what it is for, its layers and their chain, when it was made and seen, and what it says of its base', () => {
    const facts = factsOf(image, SEEN);
    expect(facts).toEqual({
      ...{ image: aDigest('image'), platform: 'linux/arm64/v8', layers: 2, diffIds, chain: chainIds(diffIds)[1] },
      ...{ created: '2026-11-01T00:00:00.000Z', firstSeen: SEEN },
      ...{ baseName: 'docker.io/library/debian:12', baseDigest: aDigest('base') },
    });
    expect(readFacts({ body: facts })).toEqual(facts);
  });

  it('is no chain where it has no layers, and no date and no base where it says nothing', () => {
    const bare = { ...image, layers: [], created: null, base: { name: null, digest: null } };
    expect(factsOf(bare, SEEN)).toMatchObject({
      ...{ layers: 0, diffIds: [], chain: null, created: null, baseName: null, baseDigest: null },
    });
  });

  it('is none where nothing is kept, and nothing else is read as such', () => {
    expect(readFacts(null)).toBeNull();
    expect(() => readFacts({ body: { ...factsOf(image, SEEN), layers: -1 } })).toThrow();
    expect(() => readFacts({ body: {} })).toThrow();
  });
});
