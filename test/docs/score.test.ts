/** docs/score.md says what the code does: every figure of its examples is computed again. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

import { defaultAppetiteText } from '../../lib/adapters/defaults/default-appetite.ts';
import { type Finding, SEVERITIES } from '../../lib/core/matching/finding.ts';
import { severityOfScore } from '../../lib/core/scoring/cvss.ts';
import { impactOf, likelihoodOf, type Rated } from '../../lib/core/scoring/figures.ts';
import { CVSS_PRIORS, EPSS_PRIORS } from '../../lib/core/scoring/priors.ts';
import { riskOf, scoresOf } from '../../lib/core/scoring/score.ts';
import { judgedSample } from '../support/judged-sample.ts';
import { tablesOf } from '../support/markdown.ts';

const DOC = readFileSync('docs/score.md', 'utf8');
const TABLES = tablesOf(DOC);
const KEV = { dateAdded: '2026-08-07', dueDate: null, ransomware: false };

function rows(...header: readonly string[]): readonly (readonly string[])[] {
  const table = TABLES.find(({ head }) => head.join() === header.join());
  if (table === undefined) throw new Error(`docs/score.md has no table of ${header.join(', ')}`);
  return table.rows;
}

function rated(vulnerability: string, cvss: string, epss: string, known: string): Rated {
  const score = Number(cvss);
  const label = SEVERITIES.find((severity) => severity === cvss);
  const exploitation = (['none', 'poc', 'active'] as const).find((one) => one === known);
  return {
    vulnerability,
    severity: label ?? (Number.isNaN(score) ? 'unrated' : severityOfScore(score)),
    cvss: Number.isNaN(score) ? null : { score, vector: '', version: '3.1', source: 'a test' },
    epss: epss === '–' ? null : { score: Number(epss), percentile: 0, modelVersion: 'v5', date: '' },
    kev: known === 'KEV' ? KEV : known === 'ransomware' ? { ...KEV, ransomware: true } : null,
    ssvc:
      exploitation === undefined ? null : { exploitation, automatable: null, technicalImpact: null, source: 'a test' },
  };
}

function many(count: number, cvss: string, epss: string): readonly Rated[] {
  return Array.from({ length: count }, (_, index) => rated(`CVE-2026-${String(index)}`, cvss, epss, ''));
}

const open = (findings: readonly Rated[]) => scoresOf(findings).open?.toFixed(1);

describe('docs/score.md', () => {
  it.each(rows('vulnerability', 'CVSS', 'EPSS', 'known', 'likelihood', 'impact', 'score'))(
    'computes: %s',
    (_, cvss = '', epss = '', known = '', likelihood, impact, score) => {
      const finding = rated('CVE-2026-1', cvss, epss, known);

      expect([likelihoodOf(finding), Number(impactOf(finding).toFixed(2)), open([finding])]).toEqual([
        Number(likelihood),
        Number(impact),
        score,
      ]);
    },
  );

  it('computes whole images', () => {
    const exploited = (name: string, cvss: string) => rated(name, cvss, '–', 'KEV');
    const images: Record<string, readonly Rated[]> = {
      'nothing found': [],
      '100 × (CVSS 6.5, EPSS 0.003)': many(100, '6.5', '0.003'),
      '500 × (CVSS 6.5, EPSS 0.003)': many(500, '6.5', '0.003'),
      '40 of which nothing is known': many(40, '–', '–'),
      'the same 40, and one in KEV (CVSS 7.8)': [...many(40, '–', '–'), exploited('CVE-2025-1', '7.8')],
      'two in KEV (CVSS 9.8 and 7.8)': [exploited('CVE-2025-1', '9.8'), exploited('CVE-2025-2', '7.8')],
    };

    expect(rows('image', 'score')).toEqual(Object.entries(images).map(([name, found]) => [name, open(found)]));
  });

  it('computes the sample, one by one and together', async () => {
    const { findings, score } = await judgedSample('production', await defaultAppetiteText());
    const distinct = [...new Map(findings.map((finding) => [finding.vulnerability, finding])).values()];

    expect(rows('vulnerability', 'package', 'CVSS', 'EPSS', 'exploitation', 'likelihood', 'impact', 'adds')).toEqual(
      distinct.map(sampleRow),
    );
    expect(DOC).toContain(`Together **${score.open?.toFixed(1) ?? ''}**`);
  });

  it('names the priors that the code has', () => {
    const values = rows('prior', 'value', 'is the mean of', 'of').map(([, value]) => value);
    const { critical, high, medium, low, none, unrated } = CVSS_PRIORS;

    expect(values).toEqual([
      String(EPSS_PRIORS.unknown.score),
      String(EPSS_PRIORS.none.score),
      String(EPSS_PRIORS.poc.score),
      String(unrated),
      [critical, high, medium, low, none].join(', '),
    ]);
  });
});

function sampleRow(finding: Finding): readonly string[] {
  const { vulnerability, package: found, cvss, epss, ssvc } = finding;
  return [
    vulnerability,
    found.source.name,
    cvss?.score.toFixed(1) ?? '–',
    epss?.score.toString() ?? '–',
    ssvc?.exploitation ?? '–',
    likelihoodOf(finding).toString(),
    impactOf(finding).toFixed(2),
    (100 * riskOf(finding)).toFixed(2),
  ];
}
