import { describe, expect, it } from '@jest/globals';

import { outcomeId, outcomeOf } from '../../../lib/core/register/outcome.ts';
import { anAssessment, aReason } from '../../support/assessments.ts';

const gap = { kind: 'feed-stale', subject: 'kev', message: '108 days old', tolerated: false } as const;

describe('outcomeOf', () => {
  it('holds the verdict, what breaks which criterion, and the gaps by kind and subject', () => {
    expect(outcomeOf(anAssessment({ gaps: [gap] }))).toEqual({
      verdict: 'no-go',
      breaches: ['fixable-critical CVE-2026-42496 perl'],
      gaps: ['feed-stale:kev'],
    });
  });

  it('is in one order, each once, whatever the order of criteria and gaps', () => {
    const other = { ...gap, subject: 'epss' };
    const reasons = [aReason({ criterion: 'b', findings: [] }), aReason({ criterion: 'a', findings: [] })];
    expect(outcomeOf(anAssessment({ reasons, gaps: [gap, other, gap] }))).toEqual({
      verdict: 'no-go',
      breaches: ['a', 'b'],
      gaps: ['feed-stale:epss', 'feed-stale:kev'],
    });
  });

  it.each([
    ['the score', { score: { inherent: 90, residual: 90, open: 90 } }],
    ['the instant', { at: '2026-11-24T00:00:00.000Z' }],
    ['the words of a gap', { gaps: [{ ...gap, message: '109 days old' }] }],
    ['the words of a reason', { reasons: [aReason({ message: 'one day later' })] }],
    [
      'the binary package',
      {
        reasons: [aReason({ findings: [{ vulnerability: 'CVE-2026-42496', package: 'libperl5.36', source: 'perl' }] })],
      },
    ],
  ])('is the same whatever %s', (_, overrides) => {
    const before = anAssessment({ gaps: [gap] });
    expect(outcomeId(outcomeOf(anAssessment({ gaps: [gap], ...overrides })))).toBe(outcomeId(outcomeOf(before)));
  });

  it.each([
    ['the verdict changes', { verdict: 'unknown' as const }],
    [
      'another vulnerability breaks it',
      { reasons: [aReason({ findings: [{ vulnerability: 'CVE-1', package: 'perl-base', source: 'perl' }] })] },
    ],
    ['another criterion is broken', { reasons: [aReason(), aReason({ criterion: 'score', findings: [] })] }],
    ['a gap comes', { gaps: [gap] }],
  ])('is another where %s', (_, overrides) => {
    expect(outcomeId(outcomeOf(anAssessment(overrides)))).not.toBe(outcomeId(outcomeOf(anAssessment())));
  });
});
