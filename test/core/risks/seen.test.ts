import { describe, expect, it } from '@jest/globals';

import type { Finding } from '../../../lib/core/matching/finding.ts';
import { assetIn, type Seen, seenIn } from '../../../lib/core/risks/seen.ts';
import { aDigest, aFinding, anAssessment, aPlacement, type PlacedAssessment } from '../../support/assessments.ts';
import { aBase } from '../../support/family.ts';
import { anExceptionId, OWNER } from '../../support/grants.ts';

const EPSS = { score: 0.5, percentile: 0.9, modelVersion: 'v5', date: '2026-11-22' };
const cvss = (score: number): Finding['cvss'] => ({ score, vector: '', version: '3.1', source: 'a test' });
const binary = (name: string, source = 'perl'): Finding['package'] => ({
  ...aFinding().package,
  name,
  source: { name: source, version: '1' },
});
const by = (share: number) => ({ id: anExceptionId(1), owner: OWNER, until: '2027-01-01T00:00:00.000Z', share });

function seen(findings: readonly Finding[], given: Partial<PlacedAssessment> = {}): readonly Seen[] {
  return [...seenIn(anAssessment({ findings, ...given }), 'whoever').values()];
}

describe('the risks that an assessment sees', () => {
  it('are each what its finding says, with figures as of its instant', () => {
    expect(seen([aFinding({ title: 'perl reads too far', aliases: ['GHSA-1'], epss: EPSS })])).toEqual([
      {
        subject: { asset: 'shop', type: 'deb', source: 'perl' },
        ...{ vulnerability: 'CVE-2026-42496', aliases: ['GHSA-1'], title: 'perl reads too far' },
        ...{ assetOwner: 'shop-team@example.com', stage: 'production', bases: [], severity: 'critical' },
        scores: { likelihood: 0.5, impact: 0.91, inherent: 0.455, residual: 0.455, at: '2026-11-23T00:00:00.000Z' },
        fixedIn: '5.36.0-7+deb12u4',
      },
    ]);
  });

  it('are one for a vulnerability in a source package, whatever number of binaries it is in', () => {
    const found = [
      aFinding({ package: binary('perl') }),
      aFinding({ package: binary('perl-base') }),
      aFinding({ package: binary('zlib1g', 'zlib') }),
      aFinding({ package: binary('perl'), vulnerability: 'CVE-2' }),
    ];
    expect(seen(found).map(({ vulnerability, subject: { source } }) => `${vulnerability} ${source}`)).toEqual([
      'CVE-2026-42496 perl',
      'CVE-2026-42496 zlib',
      'CVE-2 perl',
    ]);
  });

  it('have the figures of the worst finding: by severity, then by risk; the first of equals', () => {
    const one = (severity: Finding['severity'], score: number, title: string): Finding =>
      aFinding({ severity, cvss: cvss(score), epss: EPSS, title });
    const worst = (...found: readonly Finding[]): readonly unknown[] =>
      seen(found).flatMap(({ title, severity, scores }) => [title, severity, scores.impact]);

    expect(worst(one('high', 9.5, 'a'), one('critical', 9, 'b'))).toEqual(['b', 'critical', 0.9]);
    expect(worst(one('critical', 9, 'b'), one('high', 9.5, 'a'))).toEqual(['b', 'critical', 0.9]);
    expect(worst(one('high', 7, 'a'), one('high', 8, 'b'))).toEqual(['b', 'high', 0.8]);
    expect(worst(one('high', 8, 'a'), one('high', 7, 'b'))).toEqual(['a', 'high', 0.8]);
    expect(worst(one('high', 8, 'a'), one('high', 8, 'b'))).toEqual(['a', 'high', 0.8]);
  });

  it('have the greatest risk of all of them, and as residual what controls leave where they leave most', () => {
    const found = [
      aFinding({ package: binary('perl'), cvss: cvss(9), epss: EPSS, exceptions: [by(0.1), by(0.4)] }),
      aFinding({ package: binary('perl-base'), cvss: cvss(4), epss: EPSS }),
    ];
    // 0.5 × 0.9; the lowest share of the first leaves 0.045, and the second 0.5 × 0.4.
    expect(seen(found)).toMatchObject([{ scores: { inherent: 0.45, residual: 0.2 } }]);
    expect(seen(found.slice(0, 1))).toMatchObject([{ scores: { inherent: 0.45, residual: 0.045 } }]);
  });

  it('gather what any of the findings knows: other names, once and in order, and a fix', () => {
    const found = [
      aFinding({ fixedIn: null, aliases: ['GHSA-2', 'CVE-2026-42496'] }),
      aFinding({ package: binary('perl'), fixedIn: '6', aliases: ['GHSA-1', 'GHSA-2'] }),
    ];
    expect(seen(found)).toMatchObject([{ aliases: ['GHSA-1', 'GHSA-2'], fixedIn: '6' }]);
    expect(seen([aFinding({ fixedIn: null })])).toMatchObject([{ fixedIn: null }]);
  });

  it('are called after the vulnerability and the source package where nobody gave a title', () => {
    expect(seen([aFinding()])).toMatchObject([{ title: 'CVE-2026-42496 in perl' }]);
  });

  it('name the bases that brought them, by name or by digest, once and in order', () => {
    const [debian, python, nameless] = [aDigest('debian'), aDigest('python'), aDigest('nameless')];
    const { inputs } = anAssessment();
    const bases = [
      aBase({ image: python, names: ['python:3'] }),
      aBase({ image: debian, names: ['debian:12', 'golden'] }),
      aBase({ image: nameless, names: [] }),
    ];
    const found = [python, debian, debian, nameless, null].map((inheritedFrom, at) =>
      aFinding({ inheritedFrom, package: binary(`perl-${String(at)}`) }),
    );
    const lineage = { bases, approval: null };
    expect(seen(found, { inputs: { ...inputs, lineage } })[0]?.bases).toEqual([
      nameless.slice('sha256:'.length, 'sha256:'.length + 12),
      'debian:12',
      'python:3',
    ]);
    expect(seen([aFinding({ inheritedFrom: debian })], { inputs })[0]?.bases).toEqual([
      debian.slice('sha256:'.length, 'sha256:'.length + 12),
    ]);
  });

  it('are of the repository where no asset names it, and of whoever owns what is unnamed', () => {
    expect(assetIn({ asset: null, placement: aPlacement() })).toBe('repository:team/app');
    expect(assetIn({ asset: null, placement: null })).toBe('repository:');
    expect(seen([aFinding()], { asset: null })).toMatchObject([
      { subject: { asset: 'repository:team/app' }, assetOwner: 'whoever' },
    ]);
  });

  it('are found again under the same key by any assessment of the asset', () => {
    const keys = (given: Partial<PlacedAssessment>): readonly string[] => [
      ...seenIn(anAssessment(given), 'whoever').keys(),
    ];
    const elsewhere = aPlacement({ repository: 'team/other' });
    expect(keys({ placement: elsewhere, at: '2026-11-24T00:00:00.000Z' })).toEqual(keys({}));
    expect(keys({ asset: null })).not.toEqual(keys({}));
  });
});
