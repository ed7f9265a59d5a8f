import { describe, expect, it } from '@jest/globals';

import { newFolded, readFolded, replacementOf, stageOf } from '../../../lib/core/risks/folded.ts';
import { readPlacedRisk } from '../../../lib/core/risks/placed-risk.ts';
import { aDigest, aPlacement } from '../../support/assessments.ts';

const SINCE = '2026-11-23T00:00:00.000Z';

describe('what of a placement stands in the risk register', () => {
  it('is nothing of any stage at first', () => {
    const folded = newFolded(aPlacement(), SINCE);
    expect(folded).toEqual({ placement: aPlacement(), since: SINCE, stages: {}, holds: [] });
    expect(stageOf(folded, 'production')).toEqual({ assessment: null, kept: [], pending: [] });
    expect(readFolded({ body: folded })).toEqual(folded);
  });

  it('is said of each stage for itself', () => {
    const production = { assessment: aDigest('one'), kept: [aDigest('two')], pending: [aDigest('three')] };
    const folded = { ...newFolded(aPlacement(), SINCE), stages: { production }, holds: [aPlacement()] };
    expect(stageOf(folded, 'production')).toEqual(production);
    expect(stageOf(folded, 'testing')).toEqual({ assessment: null, kept: [], pending: [] });
    expect(readFolded({ body: folded })).toEqual(folded);
  });

  it('is refused where it is none', () => {
    const folded = newFolded(aPlacement(), SINCE);
    for (const wrong of [{}, { ...folded, stages: { somewhere: {} } }, { ...folded, holds: ['team/app'] }]) {
      expect(() => readFolded({ body: wrong })).toThrow();
    }
  });
});

describe('the placement that took the place of another', () => {
  it('is the image that took its last tag, in the same repository; none where nothing did', () => {
    const digest = aDigest('next');
    expect(replacementOf({ placement: aPlacement(), replacedBy: digest })).toEqual(aPlacement({ digest }));
    expect(replacementOf({ placement: aPlacement(), replacedBy: null })).toBeNull();
  });
});

describe('a row of a risk', () => {
  const row = { placement: aPlacement(), stage: 'production', assessment: aDigest('one'), cleared: null };

  it('is there, or cleared with the how, the why and the evidence', () => {
    const cleared = { at: SINCE, how: 'replaced', why: 'another image took the tag', evidence: aDigest('two') };
    expect(readPlacedRisk({ body: row })).toEqual(row);
    expect(readPlacedRisk({ body: { ...row, cleared } })).toEqual({ ...row, cleared });
  });

  it('is refused where it is none', () => {
    for (const wrong of [{}, { ...row, cleared: { at: SINCE, how: 'forgotten', why: '', evidence: null } }]) {
      expect(() => readPlacedRisk({ body: wrong })).toThrow();
    }
  });
});
