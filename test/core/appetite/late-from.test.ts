import { describe, expect, it } from '@jest/globals';

import type { Criterion } from '../../../lib/core/appetite/appetite.ts';
import { evaluateCriteria } from '../../../lib/core/appetite/evaluate.ts';
import type { Subject } from '../../../lib/core/appetite/subject.ts';
import { aBareFinding, aCriterion, aPolicy, aSubject, AT } from '../../support/appetites.ts';
import { aFinding } from '../../support/assessments.ts';

function evaluate(criteria: readonly Partial<Criterion>[], subject: Partial<Subject>) {
  return evaluateCriteria(aPolicy({ criteria: criteria.map(aCriterion) }), aSubject(subject));
}

describe('days from the listing in KEV', () => {
  const kev = { dateAdded: '2026-11-20', dueDate: null, ransomware: false };
  const listed = aFinding({ kev, published: '2020-01-01T00:00:00.000Z' });
  const criteria = [{ daysToFix: 3, from: 'kev' }] as const;

  it.each([
    ['UTC', '2026-11-24T00:00:00.000Z'],
    ['Europe/Berlin', '2026-11-23T23:00:00.000Z'],
    ['America/New_York', '2026-11-24T05:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-23T10:00:00.000Z'],
  ])('are whole days where the programme is at home: %s', (zone, late) => {
    const before = new Date(Date.parse(late) - 1).toISOString();

    expect(evaluate(criteria, { findings: [listed], zone, at: before })).toMatchObject({ reasons: [], due: [late] });
    expect(evaluate(criteria, { findings: [listed], zone, at: late }).reasons).toHaveLength(1);
  });

  it('are of the calendar where clocks change', () => {
    const findings = [aFinding({ kev: { ...kev, dateAdded: '2026-10-24' } })];

    expect(evaluate(criteria, { findings, zone: 'Europe/Berlin' }).due).toEqual(['2026-10-27T23:00:00.000Z']);
  });

  it('count from publication, or from first sight, where it is not listed', () => {
    const findings = [listed, aFinding({ published: '2026-11-01T06:00:00.000Z' }), aBareFinding()];
    const { due, reasons } = evaluate(criteria, {
      findings,
      at: '2026-12-31T00:00:00.000Z',
      firstSeen: { [aBareFinding().vulnerability]: AT },
    });

    expect(due).toEqual(['2026-11-24T00:00:00.000Z', '2026-11-04T06:00:00.000Z', '2026-11-26T00:00:00.000Z']);
    expect(reasons[0]?.message).toContain('up to 56 days past the 3 days to fix');
  });

  it('are never said to count from first sight', () => {
    const findings = [aBareFinding({ kev })];

    expect(evaluate(criteria, { findings, at: '2026-12-31T00:00:00.000Z' }).reasons[0]?.message).toBe(
      'It is not broken: 1 vulnerability (1 unrated) breaks it, up to 37 days past the 3 days to fix.',
    );
  });
});
