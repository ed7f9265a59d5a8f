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

/**
 * The digests of what was assessed of fixed evidence, and the rules version that did. Stored assessments
 * are replayed by their rules version: other bytes under the same version would call them forged.
 */
const FROZEN = {
  evidence: 'sha256:e3190e3c9ef4cb69187a4d910df58d75d96102d5f9248e144c6a3cedd897f324',
  rulesVersion: '2',
  development: 'sha256:6acf50f1e8b6c1abc84a64fa249ead1da218e8a12c95f3e7fec4b1187f1f51f0',
  testing: 'sha256:2ccfef92ef185d15363b09a4b71c35ba82c0af5983f85f7b354988ed96ae030c',
  production: 'sha256:68a1a863d3dfff8f3e9185c79feefb77b3c99008414552fdf5ad271de2f19af2',
};

const appetite = readFileSync('test/fixtures/appetite/golden.yaml', 'utf8');
const V3 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N';
const V4 = 'CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N';
const SSVC = { exploitation: 'poc', automatable: true, technicalImpact: 'partial', source: 'adp:CISA-ADP' } as const;

function fixedIn(...versions: readonly string[]) {
  return [affecting([{ introduced: '0' }, ...versions.map((fixed) => ({ fixed }))])];
}

/** Whatever a judgement can meet: figures that are known, missing and of two kinds, aliases, dates that nobody gives, gaps. */
const evidence = anEvidence({
  appetite,
  packages: [
    ...['perl', 'perl-base'].map((name) => aPackage({ name, source: { name: 'perl', version: '2.0' } })),
    aPackage({ name: 'zlib1g', layer: aDigest('own layer'), source: { name: 'zlib', version: '1:1.2' } }),
    aPackage({ name: 'odd', source: { name: 'odd', version: 'not a version' } }),
    aPackage({ name: 'stray', ecosystem: null }),
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
  },
});

function judged(stage: Stage): Assessment {
  const feeds = [
    ...evidence.feeds.filter(({ feed }) => feed.kind !== 'kev' && (stage !== 'testing' || feed.kind !== 'cve')),
    aFeed('kev', { date: stage === 'production' ? '2026-08-07T00:00:00.000Z' : '2026-11-24T00:00:00.000Z' }),
  ];
  return assess({ ...evidence, stage: { name: stage, from: 'given' }, feeds });
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
    const { verdict, reasons, gaps, findings, counts } = judged('production');

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
      'unparsable-version',
      'feed-stale',
      'criterion-failed',
    ]);
    expect(counts).toEqual({ critical: 1, high: 2, medium: 0, low: 1, none: 0, unrated: 1 });
    expect(new Set(findings.map(({ inheritedFrom }) => inheritedFrom))).toEqual(new Set([aDigest('base'), null]));
    expect(findings.map(({ due }) => due)).toContain('2026-11-11T08:30:00.000Z');
    expect(judged('testing')).toMatchObject({ verdict: 'no-go', blocking: false });
    expect(judged('testing').gaps.map(({ kind }) => kind)).toContain('feed-missing');
    expect(judged('development').gaps.map(({ kind }) => kind)).toContain('feed-future');
  });
});
