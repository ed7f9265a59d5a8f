import { describe, expect, it } from '@jest/globals';

import { rehearsedOf } from '../../../lib/core/appetite/rehearsal.ts';
import { aDigest, aFinding, anAssessment, aPlacement, aReason } from '../../support/assessments.ts';

const ABOUT = { placement: aPlacement(), tags: ['1.0'], platform: 'linux/amd64', assessment: aDigest('a') };
const COVER = { id: 'EX-1', owner: 'Olive Owner', until: '2026-12-01T00:00:00.000Z', share: 0 };

type Given = Parameters<typeof anAssessment>[0] & object;

function rehearsed(before: Given, after: Given) {
  return rehearsedOf({ before: anAssessment(before), after: anAssessment(after) }, ABOUT);
}

describe('rehearsedOf', () => {
  it('is nothing where people would see nothing', () => {
    expect(rehearsed({}, { appetite: { hash: aDigest('b'), source: 'other' } })).toBeNull();
  });

  it.each<[string, Given, Given, object]>([
    ['another verdict', { verdict: 'no-go' }, { verdict: 'go' }, { verdict: { before: 'no-go', after: 'go' } }],
    [
      'another stage',
      { stage: 'testing' },
      { stage: 'production' },
      { stage: { before: 'testing', after: 'production' } },
    ],
    ['that it stops', { blocking: true }, { blocking: false }, { blocking: { before: true, after: false } }],
    [
      'other criteria that are broken',
      { reasons: [aReason({ criterion: 'a' }), aReason({ criterion: 'b' })] },
      { reasons: [aReason({ criterion: 'c' }), aReason({ criterion: 'b' })] },
      { broken: ['c'], mended: ['a'] },
    ],
    [
      'exceptions that cover more or less',
      { findings: [aFinding({ exceptions: [COVER] }), aFinding({ exceptions: [COVER, { ...COVER, id: 'EX-2' }] })] },
      { findings: [aFinding({ exceptions: [] }), aFinding({ exceptions: [COVER, { ...COVER, id: 'EX-2' }] })] },
      { exceptions: [{ id: 'EX-1', before: 2, after: 1 }] },
    ],
  ])('tells %s', (_, before, after, told) => {
    expect(rehearsed(before, after)).toMatchObject(told);
  });

  it('tells other due dates once a vulnerability and source package, by the earliest, the first of them first', () => {
    const late = aFinding({ vulnerability: 'CVE-2', due: '2026-12-24T00:00:00.000Z' });
    const early = { ...late, due: '2026-12-03T00:00:00.000Z' };
    const other = aFinding({ vulnerability: 'CVE-1', due: null });
    const row = rehearsed(
      { findings: [late, { ...late, due: null }, other, aFinding({ vulnerability: 'CVE-3', due: late.due })] },
      {
        findings: [
          late,
          early,
          { ...other, due: '2026-12-01T00:00:00.000Z' },
          aFinding({ vulnerability: 'CVE-3', due: late.due }),
        ],
      },
    );

    expect(row?.due).toEqual({
      count: 2,
      first: [
        { vulnerability: 'CVE-1', package: 'perl', before: null, after: '2026-12-01T00:00:00.000Z' },
        { vulnerability: 'CVE-2', package: 'perl', before: late.due, after: early.due },
      ],
    });
  });
});
