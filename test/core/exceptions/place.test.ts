import { describe, expect, it } from '@jest/globals';

import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { isInPlace, layersOfBase, placeOf } from '../../../lib/core/exceptions/place.ts';
import { aDigest } from '../../support/assessments.ts';
import { PEOPLE_APPETITE } from '../../support/exception-people.ts';
import { aBase } from '../../support/family.ts';

const appetite = parseAppetite(PEOPLE_APPETITE, 'a test');
const image = {
  ...{ digest: aDigest('image'), repository: 'team/shop', stage: 'production' as const },
  lineage: { bases: [aBase({ image: aDigest('debian'), layers: 1 }), aBase({ image: aDigest('python'), layers: 3 })] },
};

describe('the place of an image', () => {
  it('is that of the asset that its repository is, or of none', () => {
    expect(placeOf(image, appetite)).toEqual({ ...image, asset: 'shop' });
    expect(placeOf({ ...image, repository: 'team/else' }, appetite).asset).toBeNull();
    expect(placeOf({ ...image, repository: null }, appetite)).toMatchObject({ asset: null, repository: null });
  });

  it('is in no repository where it stands in none, however wide a pattern is', () => {
    const place = placeOf({ ...image, repository: null }, appetite);
    expect(isInPlace({ images: { repository: '**/*' }, stages: ['production'] }, place)).toBe(false);
  });

  it('is on each of its bases, by so many layers, and on no other', () => {
    const layers = ['image', 'debian', 'python', 'alpine'].map((name) => layersOfBase(aDigest(name), image));
    expect(layers).toEqual([Number.POSITIVE_INFINITY, 1, 3, 0]);
    const place = placeOf(image, appetite);
    const on = (name: string) => isInPlace({ images: { base: aDigest(name), name }, stages: ['production'] }, place);
    expect([on('python'), on('alpine')]).toEqual([true, false]);
  });
});
