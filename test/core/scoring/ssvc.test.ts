import { describe, expect, it } from '@jest/globals';

import type { Finding } from '../../../lib/core/matching/finding.ts';
import { ratingOf } from '../../../lib/core/scoring/cvss.ts';
import { ssvcFigure } from '../../../lib/core/scoring/ssvc.ts';

type Given = Pick<Finding, 'cvss' | 'kev' | 'ssvc'>;

const CISA = { exploitation: 'none', automatable: false, technicalImpact: 'partial', source: 'adp:CISA-ADP' } as const;
const KEV = { dateAdded: '2026-06-01', dueDate: null, ransomware: false };

function given(overrides: Partial<Given>): Given {
  return { cvss: null, kev: null, ssvc: null, ...overrides };
}

function rated(vector: string): Given {
  return given({ cvss: ratingOf(vector, 'cna:x') });
}

describe('ssvcFigure', () => {
  it("gives CISA's points as they are, though the vector says otherwise", () => {
    const { cvss } = rated('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H');

    expect(ssvcFigure({ cvss, kev: null, ssvc: CISA })).toEqual({
      known: true,
      derived: false,
      exploitation: 'none',
      automatable: false,
      technicalImpact: 'partial',
    });
  });

  it.each([
    ['open to anybody', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N', true, 'total'],
    ['not over the network', 'CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', false, 'total'],
    ['complex', 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H', false, 'total'],
    ['for the privileged', 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', false, 'total'],
    ['with the help of a user', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H', false, 'total'],
    ['without the loss of integrity', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:H', true, 'partial'],
    ['without the loss of confidentiality', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H', true, 'partial'],
    ['4.0, open', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N', true, 'total'],
    ['4.0, with requirements', 'CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:N/SC:H/SI:H/SA:N', false, 'partial'],
    ['4.0 that says AU:Y', 'CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N/AU:Y', true, 'partial'],
    ['4.0 that says AU:N', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N/AU:N', false, 'partial'],
  ])('derives from a vector that is %s, and says so', (_, vector, automatable, technicalImpact) => {
    expect(ssvcFigure(rated(vector))).toEqual({
      known: false,
      derived: true,
      exploitation: 'unknown',
      automatable,
      technicalImpact,
    });
  });

  it('takes the worse of both where nothing is known', () => {
    expect(ssvcFigure(given({}))).toEqual({
      known: false,
      derived: false,
      exploitation: 'unknown',
      automatable: true,
      technicalImpact: 'total',
    });
  });

  it('derives only the point that CISA left out', () => {
    const ssvc = { ...CISA, technicalImpact: null };
    const { cvss } = rated('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H');

    expect(ssvcFigure({ cvss, kev: null, ssvc })).toMatchObject({
      known: false,
      derived: true,
      automatable: false,
      technicalImpact: 'total',
    });
  });

  it('derives the other point too', () => {
    const { cvss } = rated('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H');

    expect(ssvcFigure({ cvss, kev: null, ssvc: { ...CISA, automatable: null } })).toMatchObject({
      known: false,
      derived: true,
      automatable: true,
      technicalImpact: 'partial',
    });
  });

  it('is not known where CISA says nothing of exploitation', () => {
    expect(ssvcFigure(given({ ssvc: { ...CISA, exploitation: null } }))).toMatchObject({
      known: false,
      derived: false,
      exploitation: 'unknown',
    });
  });

  it('calls active what is listed in KEV, whatever an older record says', () => {
    expect(ssvcFigure(given({ kev: KEV, ssvc: CISA })).exploitation).toBe('active');
  });
});
