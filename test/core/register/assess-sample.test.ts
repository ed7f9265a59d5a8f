import { beforeAll, describe, expect, it } from '@jest/globals';

import { defaultAppetiteText } from '../../../lib/adapters/defaults/default-appetite.ts';
import type { Assessment } from '../../../lib/core/register/assessment.ts';
import { worstFirst } from '../../../lib/core/register/worst-first.ts';
import { judgedSample } from '../../support/judged-sample.ts';

/** Real records of real packages, read as a laptop reads them (lib/cli/sample/SOURCES.md). */
let production: Assessment;
beforeAll(async () => {
  production = await judgedSample('production', await defaultAppetiteText());
});

describe('the sample, assessed', () => {
  it('has 15 vulnerabilities in 16 findings, of which 7 are unrated', () => {
    expect(production.findings).toHaveLength(16);
    expect(production.counts).toEqual({ critical: 2, high: 4, medium: 2, low: 0, none: 0, unrated: 7 });
  });

  it('is no-go for what is fixable and late, and says how late', () => {
    expect(production).toMatchObject({ verdict: 'no-go', blocking: true });
    expect(
      production.reasons.map(({ criterion, findings, message }) => ({
        criterion,
        vulnerabilities: [...new Set(findings.map(({ vulnerability }) => vulnerability))],
        late: /, up to .*(?=\.$)/u.exec(message)?.[0],
      })),
    ).toEqual([
      {
        criterion: 'fixable-critical',
        vulnerabilities: ['CVE-2026-13221', 'CVE-2026-42496'],
        late: ', up to 166 days past the 14 days to fix',
      },
      {
        criterion: 'fixable-high',
        vulnerabilities: ['CVE-2026-42497', 'CVE-2026-57432', 'CVE-2026-8376'],
        late: ', up to 121 days past the 60 days to fix',
      },
      {
        criterion: 'fixable-unrated',
        vulnerabilities: ['CVE-2025-15649', 'CVE-2026-48959', 'CVE-2026-48962'],
        late: ', up to 89 days past the 90 days to fix',
      },
    ]);
  });

  it('gives everything a date by which it is due, where a criterion sets days', () => {
    const due = new Map(production.findings.map(({ vulnerability, due: late }) => [vulnerability, late]));

    expect(Object.fromEntries(due)).toEqual({
      // Critical: 14 days.
      'CVE-2026-13221': '2026-07-27T15:40:11.035Z',
      'CVE-2026-42496': '2026-06-09T00:17:19.110Z',
      // High: 60 days; the first is not late yet.
      'CVE-2026-103111': '2026-11-29T04:13:59.115Z',
      'CVE-2026-42497': '2026-07-25T00:17:50.656Z',
      'CVE-2026-57432': '2026-09-11T15:38:20.728Z',
      'CVE-2026-8376': '2026-07-24T23:53:27.812Z',
      // Medium: no criterion.
      'CVE-2026-19487': null,
      'CVE-2026-7010': null,
      // Unrated: 90 days, of publication or, where there is no record, of first sight.
      'CVE-2025-15649': '2026-08-25T02:25:38.973Z',
      'CVE-2026-48959': '2026-08-25T02:29:07.027Z',
      'CVE-2026-48962': '2026-08-25T03:12:38.974Z',
      'CVE-2026-109518': '2027-02-21T00:00:00.000Z',
      'CVE-2026-12087': '2027-02-21T00:00:00.000Z',
      'CVE-2026-57433': '2027-02-21T00:00:00.000Z',
      'CVE-2026-7017': '2027-02-21T00:00:00.000Z',
    });
    expect(Object.values(production.inputs.firstSeen)).toEqual(Array.from({ length: 4 }, () => production.at));
  });

  it.each([
    [
      'CVE-2026-42496',
      {
        severity: 'critical',
        cvss: { score: 9.1, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N', source: 'adp:CISA-ADP' },
        epss: { score: 0.0043, modelVersion: 'v5', date: '2026-08-16T00:00:00.000Z' },
        ssvc: { exploitation: 'none', automatable: true, technicalImpact: 'partial' },
        kev: null,
        package: { name: 'perl-base', source: { name: 'perl' } },
        fixedIn: '5.36.0-7+deb12u4',
      },
    ],
    ['CVE-2026-103111', { severity: 'high', cvss: { score: 7.6, source: 'cna:mitre' }, epss: null }],
    ['CVE-2026-48959', { severity: 'unrated', cvss: null, ssvc: null, epss: { score: 0.00373 } }],
    ['CVE-2026-109518', { severity: 'unrated', title: null, published: null, cvss: null, epss: null, ratings: [] }],
  ])('says of %s what the feeds say, and nothing where they do not', (vulnerability, expected) => {
    expect(production.findings.find((finding) => finding.vulnerability === vulnerability)).toMatchObject(expected);
  });

  it('shows the worst first: the critical, and what nobody has rated before what is low', () => {
    const order = worstFirst(production.findings).map(({ severity }) => severity);

    expect([...new Set(order)]).toEqual(['critical', 'high', 'medium', 'unrated']);
  });
});
