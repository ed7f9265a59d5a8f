import { describe, expect, it } from '@jest/globals';

import { substanceOf } from '../../../lib/core/again/substance.ts';
import type { UsedFeed } from '../../../lib/core/register/assessment.ts';
import { aDigest, aFinding, anAssessment, aReason, type PlacedAssessment } from '../../support/assessments.ts';

const epss = (score: number, modelVersion = 'v5') => ({ score, percentile: 0.5, modelVersion, date: '2026-08-16' });

const aHeldFeed: UsedFeed = {
  ...{ id: 'kev', kind: 'kev', date: '2026-11-22T00:00:00.000Z', count: 1, hash: aDigest('kev'), modelVersion: null },
};

function same(one: Partial<PlacedAssessment>, other: Partial<PlacedAssessment>): boolean {
  return substanceOf(anAssessment(one)) === substanceOf(anAssessment(other));
}

const found = (score: number, model?: string) => ({ findings: [aFinding({ epss: epss(score, model) })] });

describe('the substance of an assessment', () => {
  it.each<[string, Partial<PlacedAssessment>, Partial<PlacedAssessment>]>([
    ['the instant', { at: '2026-11-23T00:00:00.000Z' }, { at: '2026-11-24T00:00:00.000Z' }],
    [
      'the words of a reason, which count days',
      { reasons: [aReason({ message: '1 day' })] },
      { reasons: [aReason({ message: '2 days' })] },
    ],
    ['a figure of EPSS that moved by less than a percent', found(0.101), found(0.104)],
    ['what the appetite is called', {}, { appetite: { ...anAssessment().appetite, source: 'another name' } }],
    ['versions of feeds that say the same', {}, { feeds: [aHeldFeed] }],
    [
      'exceptions, records and a past that change nothing of it',
      {},
      {
        inputs: {
          ...anAssessment().inputs,
          ...{ buckets: [{ feed: 'kev', key: 'KEV', hash: aDigest('kev') }], exceptions: [aDigest('grant')] },
          ...{ exceptionsAt: '2026-11-25T00:00:00.000Z', firstSeen: { 'CVE-2026-1': '2026-11-01T00:00:00.000Z' } },
        },
      },
    ],
  ])('is not %s', (_, one, other) => {
    expect(same(one, other)).toBe(true);
  });

  it.each<[string, Partial<PlacedAssessment>, Partial<PlacedAssessment>]>([
    ['the verdict', { verdict: 'go' }, { verdict: 'unknown' }],
    ['a score', {}, { score: { inherent: 1, residual: 1, open: 1 } }],
    [
      'the criterion that is broken',
      { reasons: [aReason({ criterion: 'a' })] },
      { reasons: [aReason({ criterion: 'b' })] },
    ],
    ['what breaks it', { reasons: [aReason()] }, { reasons: [aReason({ findings: [] })] }],
    ['a finding', { findings: [] }, { findings: [aFinding()] }],
    ['an EPSS that moved by a percent', found(0.1), found(0.11)],
    ['its model', found(0.1, 'v4'), found(0.1, 'v5')],
    ['that EPSS is known', { findings: [aFinding()] }, found(0)],
    ['another appetite', {}, { appetite: { ...anAssessment().appetite, hash: aDigest('another appetite') } }],
    ['another inventory', {}, { inputs: { ...anAssessment().inputs, sbom: aDigest('another inventory') } }],
    ['another finding, where no EPSS is known', {}, { findings: [aFinding({ vulnerability: 'CVE-2026-2' })] }],
    ['which image', {}, { image: { ...anAssessment().image, digest: aDigest('another') } }],
  ])('is %s', (_, one, other) => {
    expect(same(one, other)).toBe(false);
  });

  it('is a gap and whether it is tolerated, and not its words', () => {
    const gap = { kind: 'feed-stale', subject: 'kev', message: '8 days old', tolerated: false } as const;
    expect(same({ gaps: [gap] }, { gaps: [{ ...gap, message: '9 days old' }] })).toBe(true);
    expect(same({ gaps: [gap] }, { gaps: [{ ...gap, tolerated: true }] })).toBe(false);
    expect(same({ gaps: [gap] }, { gaps: [{ ...gap, subject: 'epss' }] })).toBe(false);
  });
});
