import { describe, expect, it } from '@jest/globals';

import type { OsvRecord } from '../../../lib/core/advisories/records.ts';
import { assess } from '../../../lib/core/register/assess.ts';
import type { Gap } from '../../../lib/core/sbom/gap.ts';
import { affecting, anAdvisory, aPackage } from '../../support/advisory-builders.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { aFeed, anEvidence } from '../../support/evidence.ts';
import { aCve } from '../../support/facts.ts';

const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N';
const npm: Gap = { kind: 'unread-ecosystem', subject: 'npm', message: 'npm is not read' };

/** An advisory of a CVE in a source package of Debian 12, fixed in 3.0. */
function about(cve: string, name = 'perl'): OsvRecord {
  const events = [{ introduced: '0' }, { fixed: '3.0' }];
  return anAdvisory(`DEBIAN-${cve}`, { upstream: [cve], affected: [affecting(events, { name })] });
}

const perl = ['perl', 'perl-base'].map((name) => aPackage({ name, source: { name: 'perl', version: '2.0' } }));
const zlib = aPackage({ name: 'zlib1g', source: { name: 'zlib', version: '2.0' } });

function policy(...lines: readonly string[]): string {
  return anAppetiteFile({ production: lines });
}

const CRITICAL = policy(
  'tolerate: [unread-ecosystem]',
  'criteria:',
  '  - { id: critical, says: Nothing is critical., finding: finding.severity == "critical", daysToFix: 30 }',
);

const critical = {
  packages: [...perl, zlib],
  advisories: [about('CVE-2026-1001'), about('CVE-2026-1002', 'zlib')],
  cve: [
    aCve('CVE-2026-1001', { published: '2026-05-01T12:00:00.000Z', metrics: [{ source: 'cna:x', vector: VECTOR }] }),
  ],
  appetite: CRITICAL,
};

describe('assess', () => {
  it('knows nothing of an Alpine without advisories of its release, and says so', () => {
    const packages = [
      aPackage({ name: 'libssl3', ecosystem: 'Alpine:v3.20', source: { name: 'openssl', version: '3' } }),
    ];
    const { verdict, score, gaps } = assess(anEvidence({ packages, appetite: CRITICAL }));
    expect([verdict, score.open]).toEqual(['unknown', null]);
    expect(gaps).toMatchObject([{ kind: 'unanswered-package', subject: 'Alpine:v3.20/openssl', tolerated: false }]);
  });

  it('matches, rates, scores, asks and decides', () => {
    expect(assess(anEvidence(critical))).toMatchObject({
      verdict: 'no-go',
      blocking: true,
      counts: { critical: 1, high: 0, medium: 0, low: 0, none: 0, unrated: 1 },
      reasons: [
        {
          criterion: 'critical',
          message: expect.stringContaining('1 vulnerability (1 critical) breaks it, up to 175 days past the 30 days'),
          findings: [
            { vulnerability: 'CVE-2026-1001', package: 'perl-base', source: 'perl' },
            { vulnerability: 'CVE-2026-1001', package: 'perl', source: 'perl' },
          ],
        },
      ],
      gaps: [],
      findings: [
        { vulnerability: 'CVE-2026-1001', severity: 'critical', fixedIn: '3.0', due: '2026-05-31T12:00:00.000Z' },
        { vulnerability: 'CVE-2026-1001', package: { name: 'perl' }, due: '2026-05-31T12:00:00.000Z' },
        { vulnerability: 'CVE-2026-1002', severity: 'unrated', package: { name: 'zlib1g' }, due: null },
      ],
    });
  });

  it('says what it rests on', () => {
    const evidence = anEvidence({
      ...critical,
      overrides: { firstSeen: { 'CVE-2026-1002': '2026-11-01T00:00:00.000Z' } },
    });
    const { appetite, feeds, inputs } = assess(evidence);

    expect(appetite).toEqual({ hash: evidence.appetite.hash, source: 'a test' });
    expect(feeds.map(({ id, hash }) => ({ id, hash }))).toEqual(
      evidence.feeds.map(({ feed: { id }, hash }) => ({ id, hash })),
    );
    expect(inputs).toEqual({
      lineage: evidence.lineage,
      history: evidence.history,
      sbom: evidence.scan.inventory === null ? null : evidence.scan.hash,
      scanGaps: [],
      buckets: evidence.buckets.map(({ feed, key, hash }) => ({ feed, key, hash })),
      exceptions: [],
      firstSeen: { 'CVE-2026-1002': '2026-11-01T00:00:00.000Z' },
      repository: 'team/app',
    });
  });

  it('counts days to fix from first sight where no record dates a vulnerability, and says so', () => {
    const undated = { ...critical, cve: critical.cve.map((record) => ({ ...record, published: null })) };
    const seen = { firstSeen: { 'CVE-2026-1001': '2026-10-20T00:00:00.000Z' } };
    const { reasons, findings } = assess(anEvidence({ ...undated, overrides: seen }));

    expect(findings[0]).toMatchObject({ published: null, due: '2026-11-19T00:00:00.000Z' });
    expect(reasons[0]?.message).toContain('count from first sight here');
    expect(assess(anEvidence(undated))).toMatchObject({
      verdict: 'go',
      findings: [{ due: '2026-12-23T00:00:00.000Z' }, {}, {}],
    });
  });

  it('knows of a vulnerability whose name JavaScript has a use for', () => {
    for (const id of ['__proto__', 'constructor', 'toString']) {
      const advisories = [anAdvisory(id, { affected: [affecting([{ introduced: '0' }])] })];
      const all = policy('criteria: [{ id: all, says: Nothing., finding: "true", daysToFix: 1 }]');
      const assessment = assess(anEvidence({ packages: perl, advisories, appetite: all }));

      expect(assessment).toMatchObject({ verdict: 'go', counts: { unrated: 1 } });
      expect(assessment.findings[0]).toMatchObject({ vulnerability: id, due: '2026-11-24T00:00:00.000Z' });
    }
  });
});

describe('what is not known', () => {
  it('has neither score nor findings where the scan gave no inventory, and the gaps of the scan', () => {
    const gap: Gap = { kind: 'unreadable-image', subject: 'layer', message: 'the layer is truncated' };
    const assessment = assess(anEvidence({ overrides: { scan: { inventory: null, gaps: [gap] } } }));

    expect(assessment).toMatchObject({
      verdict: 'unknown',
      score: { inherent: null, residual: null, open: null },
      findings: [],
      gaps: [{ ...gap, tolerated: false }],
      inputs: { sbom: null, scanGaps: [gap] },
    });
  });

  it('has no score for an image without packages', () => {
    expect(assess(anEvidence()).score.open).toBeNull();
  });

  it('is unknown and without a score where nobody answers for any package', () => {
    expect(assess(anEvidence({ packages: perl, completeFor: [] }))).toMatchObject({
      verdict: 'unknown',
      score: { open: null },
      gaps: [{ kind: 'unanswered-package', subject: 'Debian:12/perl', tolerated: false }],
    });
  });

  it('scores what was found, though nobody answers for the rest: a known breach stands', () => {
    const appetite = policy('criteria: [{ id: limit, says: It is 1 at most., image: score.open > 1 }]');

    expect(assess(anEvidence({ ...critical, completeFor: [], appetite }))).toMatchObject({
      verdict: 'no-go',
      reasons: [{ criterion: 'limit' }],
      gaps: [{ kind: 'unanswered-package' }, { kind: 'unanswered-package' }],
    });
  });

  it('goes on with a gap that the stage tolerates, and lists it', () => {
    const tolerant = { packages: [zlib], gaps: [npm], appetite: CRITICAL };

    expect(assess(anEvidence(tolerant))).toMatchObject({ verdict: 'go', gaps: [{ ...npm, tolerated: true }] });
    expect(assess(anEvidence({ ...tolerant, appetite: anAppetiteFile() }))).toMatchObject({
      verdict: 'unknown',
      gaps: [{ ...npm, tolerated: false }],
    });
  });

  it('is unknown where a version can not be read', () => {
    const odd = [aPackage({ name: 'perl', source: { name: 'perl', version: 'not a version' } })];

    expect(assess(anEvidence({ ...critical, packages: odd, appetite: anAppetiteFile() }))).toMatchObject({
      verdict: 'unknown',
      gaps: [{ kind: 'unparsable-version', subject: 'perl' }],
    });
  });

  it('is unknown where a feed is missing, stale or from the future', () => {
    const appetite = policy('maxAgeDays: { epss: 7 }', 'criteria: [{ id: ok, says: ok, image: "false" }]');
    const { feeds } = anEvidence();
    const withFeeds = [
      ...feeds.filter(({ feed: { kind } }) => kind === 'advisories'),
      aFeed('epss', { date: '2026-01-01T00:00:00.000Z' }),
      aFeed('kev', { date: '2027-01-01T00:00:00.000Z' }),
    ];

    expect(assess(anEvidence({ packages: perl, appetite, overrides: { feeds: withFeeds } }))).toMatchObject({
      verdict: 'unknown',
      gaps: [
        { kind: 'feed-missing', subject: 'cve' },
        { kind: 'feed-future', subject: 'kev' },
        { kind: 'feed-stale', subject: 'epss' },
      ],
    });
  });

  it('is unknown where a criterion can not be asked', () => {
    const appetite = policy('criteria: [{ id: odd, says: It is odd., image: 1 / counts.low > 1 }]');

    expect(assess(anEvidence({ packages: perl, appetite }))).toMatchObject({
      verdict: 'unknown',
      gaps: [{ kind: 'criterion-failed', subject: 'odd', tolerated: false }],
    });
  });
});

describe('the stage', () => {
  const assets = [
    '- { id: shop, repositories: [team/app], owner: shop@example.com, stage: testing, exposure: none, criticality: low }',
  ];
  const named = anAppetiteFile({ assets });

  it.each([
    [
      'is the one that is given',
      named,
      { name: 'development', from: 'given' },
      { stage: 'development', stageFrom: 'given', asset: { id: 'shop' } },
    ],
    [
      'is production where the image runs in it',
      named,
      { name: 'production', from: 'sighted' },
      { stage: 'production', stageFrom: 'sighted', asset: { id: 'shop' } },
    ],
    [
      "is the asset's",
      named,
      null,
      {
        stage: 'testing',
        stageFrom: 'asset',
        asset: { id: 'shop', owner: 'shop@example.com', exposure: 'none', criticality: 'low' },
      },
    ],
    ['has a default', anAppetiteFile(), null, { stage: 'testing', stageFrom: 'default', asset: null }],
  ] as const)('%s', (_, appetite, stage, expected) => {
    expect(assess(anEvidence({ appetite, overrides: { stage } }))).toMatchObject(expected);
  });

  it('has the default where the image has no repository', () => {
    expect(assess(anEvidence({ appetite: named, overrides: { stage: null, repository: null } }))).toMatchObject({
      stageFrom: 'default',
      asset: null,
      inputs: { repository: null },
    });
  });

  it('only observes where the appetite says so, and decides the same', () => {
    const observed = CRITICAL.replace('tolerate:', 'mode: observe\n    tolerate:');

    expect(assess(anEvidence({ ...critical, appetite: observed }))).toMatchObject({
      verdict: 'no-go',
      blocking: false,
    });
  });
});
