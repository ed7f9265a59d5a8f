import { describe, expect, it } from '@jest/globals';

import type { SaidImage } from '../../../lib/core/opinions/opinion.ts';
import { compareImage, type KnownImage } from '../../../lib/core/opinions/same-image.ts';
import { aDigest } from '../../support/assessments.ts';

const image = aDigest('image');
const index = aDigest('index');
const other = aDigest('other');
const [base, own] = [aDigest('base layer'), aDigest('own layer')];

const said = (given: Partial<SaidImage> = {}): SaidImage => ({
  digests: [],
  layers: [],
  configuration: null,
  ...given,
});
const known = (given: Partial<KnownImage> = {}): KnownImage => ({
  ...{ digest: image, indexes: [], layers: [base, own] },
  ...given,
});

describe('the image that a report is about', () => {
  it.each([
    ['same', 'the layers', said({ layers: [base, own], digests: [other] }), known()],
    ['another', 'other layers', said({ layers: [own, base], digests: [image] }), known()],
    ['same', 'the digest', said({ digests: [other, image] }), known()],
    ['same', 'the digest', said({ layers: [base], digests: [image] }), known({ layers: null })],
    ['same', 'an index that lists the image', said({ digests: [index] }), known({ indexes: [index] })],
    ['another', 'another digest', said({ digests: [other] }), known()],
    ['unsaid', 'does not say which image', said(), known()],
    ['unsaid', 'but for a configuration', said({ configuration: other }), known()],
  ])('is the %s by %s', (outcome, by, told, of) => {
    expect(compareImage(told, of)).toEqual({ outcome, said: expect.stringContaining(by) });
  });
});
