import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

import { canonicalBytes, digestOf } from '../../../lib/core/canonical/canonical.ts';
import { type Stage, STAGES } from '../../../lib/core/image/stage.ts';
import { assess } from '../../../lib/core/register/assess.ts';
import { type Assessment, RULES_VERSION } from '../../../lib/core/register/assessment.ts';
import { affecting, anAdvisory, aPackage } from '../../support/advisory-builders.ts';
import { aDigest } from '../../support/assessments.ts';
import { aFeed, anEvidence } from '../../support/evidence.ts';
import { aCve, aKev } from '../../support/facts.ts';
import { aBase } from '../../support/family.ts';
import { aControl, aFact, aGrant, anExceptionId, held } from '../../support/grants.ts';
import { anOpinion, aSaidFinding, heldOpinion } from '../../support/opinions.ts';

/**
 * The digests of what was assessed of fixed evidence, and the rules version that did. Stored assessments
 * are replayed by their rules version: other bytes under the same version would call them forged.
 */
const FROZEN = {
  evidence: 'sha256:f23a6c30d11b302e9167fbec2f3d009f80d0be89462a947295a5d6243c0f5139',
  rulesVersion: '4',
  development: 'sha256:cac46393abf152e91ecb4e036abee8869b62d85dc6dac85b2df4f14db2d8e0b2',
  testing: 'sha256:580e08ab3bed5823ac691f1075e78af3a7b3046074037843fff28e28a3763714',
  production: 'sha256:579107bf34743f6d3583131991306e636d065ce264a17ee8f406ba145a8c6f14',
};

/** Of production, where no other scanner has looked: as it was before there were opinions. */
const WITHOUT_OPINIONS = 'sha256:e48110a4ad4775e971f3e4a3eaaeef857f0f354fb56accdf625e09f031dcb0c8';

const appetite = readFileSync('test/fixtures/appetite/golden.yaml', 'utf8');
const V3 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N';
const V4 = 'CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N';
const SSVC = { exploitation: 'poc', automatable: true, technicalImpact: 'partial', source: 'adp:CISA-ADP' } as const;

function fixedIn(...versions: readonly string[]) {
  return [affecting([{ introduced: '0' }, ...versions.map((fixed) => ({ fixed }))])];
}

/** One that covers, with controls; one that names what is never accepted; one that lapsed; one that has ended. */
const exceptions = held(
  aGrant({
    scope: { vulnerabilities: ['TEMP-1', 'CVE-2026-10001'] },
    terms: { controls: [aControl(0.5, 0.2), aControl(0.25)] },
  }),
  aGrant({
    id: anExceptionId(2),
    scope: { vulnerabilities: ['CVE-2026-10003'] },
    facts: [aFact({ vulnerability: 'GHSA-1' })],
  }),
  aGrant({
    id: anExceptionId(3),
    terms: { expiry: { at: '2026-11-23T00:00:00.000Z', date: null, zone: 'UTC' } },
  }),
);

/** Whatever a judgement can meet: figures that are known, missing and of two kinds, aliases, dates that nobody gives, gaps. */
const evidence = anEvidence({
  appetite,
  packages: [
    ...['perl', 'perl-base'].map((name) => aPackage({ name, source: { name: 'perl', version: '2.0' } })),
    aPackage({ name: 'zlib1g', layer: aDigest('own layer'), source: { name: 'zlib', version: '1:1.2' } }),
    aPackage({ name: 'odd', source: { name: 'odd', version: 'not a version' } }),
    aPackage({ name: 'stray', ecosystem: null }),
    aPackage({ name: 'left-pad', ecosystem: 'npm' }),
    aPackage({ type: 'generic', name: 'node', ecosystem: null }),
  ],
  gaps: ['npm', 'go'].map((subject) => ({ kind: 'unread-ecosystem', subject, message: `${subject} is not read` })),
  completeFor: [{ ecosystem: 'Debian:12', packages: ['odd', 'perl'] }],
  advisories: [
    anAdvisory('DSA-1', { upstream: ['CVE-2026-10001', 'CVE-2026-10002'], affected: fixedIn('3.0') }),
    anAdvisory('DSA-2', { upstream: ['CVE-2026-10003'], summary: 'By its advisory', affected: fixedIn('2.5') }),
    anAdvisory('GHSA-1', {
      aliases: ['CVE-2026-10003'],
      published: '2026-10-01T00:00:00.000Z',
      severity: [{ type: 'CVSS_V4', score: V4 }],
    }),
    anAdvisory('TEMP-1', { severity: [{ type: 'Ubuntu', score: 'low' }] }),
    anAdvisory('DSA-3', {
      upstream: ['CVE-2026-10004'],
      affected: [affecting([{ introduced: '0' }], { name: 'zlib' })],
    }),
    anAdvisory('DSA-4', { affected: [affecting([{ introduced: '0' }, { fixed: '1' }], { name: 'odd' })] }),
  ],
  cve: [
    aCve('CVE-2026-10001', {
      title: 'The worst',
      cwes: ['CWE-787'],
      metrics: [
        { source: 'adp:CISA-ADP', vector: V3 },
        { source: 'cna:x', vector: V4 },
      ],
      ssvc: SSVC,
    }),
    aCve('CVE-2026-10002', { state: 'REJECTED', published: null }),
    aCve('CVE-2026-10004', { disputed: true, metrics: [{ source: 'adp:CISA-ADP', vector: V3 }] }),
  ],
  epss: [
    { id: 'CVE-2026-10001', score: 0.4217, percentile: 0.97 },
    { id: 'CVE-2026-10003', score: 0.00042, percentile: 0.11 },
  ],
  kev: [aKev('CVE-2026-10004', { ransomware: true })],
  overrides: {
    firstSeen: { 'CVE-2026-10002': '2026-10-12T08:30:00.000Z' },
    lineage: { bases: [aBase({ layers: 1, names: ['debian:12'] })], approval: null },
    exceptions,
    history: { passed: ['testing'], validatedAt: '2026-11-01' },
    opinions: [
      heldOpinion(
        anOpinion('trivy', [
          aSaidFinding({ vulnerability: 'CVE-2026-10001', package: { name: 'perl', version: '2.0' } }),
          aSaidFinding({ vulnerability: 'CVE-2026-10005', package: { name: 'zlib1g', version: '1.2' } }),
        ]),
      ),
    ],
  },
});

function judged(stage: Stage, opinions = evidence.opinions): Assessment {
  const feeds = [
    ...evidence.feeds.filter(({ feed }) => feed.kind !== 'kev' && (stage !== 'testing' || feed.kind !== 'cve')),
    aFeed('kev', { date: stage === 'production' ? '2026-08-07T00:00:00.000Z' : '2026-11-24T00:00:00.000Z' }),
  ];
  return assess({ ...evidence, opinions, stage: { name: stage, from: 'given' }, feeds });
}

describe('the rules version', () => {
  it('is raised with every change of what is assessed', () => {
    const { evidence: given, ...frozen } = FROZEN;
    const { appetite: read, ...rest } = evidence;
    // Else it is the evidence that has changed and not the rules: freeze it again.
    expect(digestOf(canonicalBytes({ ...rest, appetite: read.hash }))).toBe(given);

    const digest = (stage: Stage) => digestOf(canonicalBytes(judged(stage)));
    const now = { rulesVersion: RULES_VERSION, ...Object.fromEntries(STAGES.map((stage) => [stage, digest(stage)])) };
    if (RULES_VERSION === FROZEN.rulesVersion && JSON.stringify(now) !== JSON.stringify(frozen)) {
      throw new Error(
        'The same evidence gives another assessment than before. If that is meant, raise RULES_VERSION in ' +
          'lib/core/register/assessment.ts (the assessments that are stored were made by the rules before), say in ' +
          `CHANGELOG.md what changes, and freeze here:\n${JSON.stringify(now, null, 2)}`,
      );
    }
    expect(now).toEqual(frozen);
  });

  it('is frozen with evidence that asks of all rules', () => {
    const { verdict, reasons, gaps, findings, counts, lapsed, barred, score } = judged('production');

    expect(verdict).toBe('no-go');
    expect(reasons.map(({ criterion }) => criterion)).toEqual([
      'exploited',
      'fixable',
      'unrated',
      'automatable',
      'limit',
    ]);
    expect(gaps.map(({ kind, tolerated }) => `${kind}${tolerated ? ', tolerated' : ''}`)).toEqual([
      'unread-ecosystem, tolerated',
      'unread-ecosystem',
      'unanswered-package',
      'unanswered-package',
      'unanswered-runtime',
      'unanswered-ecosystem',
      'unparsable-version',
      'feed-stale',
      'criterion-failed',
    ]);
    expect(counts).toEqual({ critical: 1, high: 2, medium: 0, low: 1, none: 0, unrated: 1 });
    expect(new Set(findings.map(({ inheritedFrom }) => inheritedFrom))).toEqual(new Set([aDigest('base'), null]));
    expect(findings.map(({ due }) => due)).toContain('2026-11-11T08:30:00.000Z');
    expect(findings.flatMap(({ exceptions: by }) => by.map(({ share }) => share))).toEqual([0.3, 0.3]);
    expect(lapsed.map(({ id }) => id)).toEqual([anExceptionId(2)]);
    expect(new Set(barred.map(({ vulnerability }) => vulnerability))).toEqual(new Set(['CVE-2026-10001']));
    expect(score.open).toBeLessThan(score.residual ?? 0);
    expect(judged('testing')).toMatchObject({ verdict: 'no-go', blocking: false });
    expect(judged('testing').gaps.map(({ kind }) => kind)).toContain('feed-missing');
    expect(judged('development').gaps.map(({ kind }) => kind)).toContain('feed-future');
  });

  it('gives what it gave before, where no other scanner has looked', () => {
    expect(digestOf(canonicalBytes(judged('production', [])))).toBe(WITHOUT_OPINIONS);
  });
});
