/** Sample notices of verdicts and of what changes many of them. */
import type { ChangedVerdict } from '../../core/again/changed-verdict.ts';
import { contentId } from '../../core/canonical/canonical.ts';
import type { Placement } from '../../core/image/placement.ts';
import { NO_LINEAGE } from '../../core/lineage/lineage.ts';
import type { Finding } from '../../core/matching/finding.ts';
import { causeNotice } from '../../core/notices/cause-notice.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { roundUp, roundUpEntry } from '../../core/notices/round-up.ts';
import { verdictNotice } from '../../core/notices/verdict-notice.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { NO_HISTORY } from '../../core/register/judged-evidence.ts';

const AT = '2026-11-25T08:30:00.000Z';
const PLACEMENT: Placement = {
  ...{ account: '111122223333', region: 'eu-central-1', registry: 'ecr', repository: 'shop/cart' },
  digest: contentId('the image of the previews'),
};

const COUNT = { critical: 1, high: 2, medium: 0, low: 0, none: 0, unrated: 0 };
const NONE = { critical: 0, high: 0, medium: 0, low: 0, none: 0, unrated: 0 };
const SCORE = { inherent: 62, residual: 62, open: 62 };
const NO_SCORE = { inherent: 0, residual: 0, open: 0 };

const FINDING: Finding = {
  ...{ vulnerability: 'CVE-2026-13221', aliases: [], records: ['DSA-6001-1'], foundBy: 'cavendish' },
  package: {
    ...{ name: 'libssl3', version: '3.0.15-1', type: 'deb', purl: 'pkg:deb/debian/libssl3@3.0.15-1' },
    ...{ layer: contentId('a layer'), source: { name: 'openssl', version: '3.0.15-1' } },
  },
  ...{ fixedIn: '3.0.17-1', title: null, published: '2026-10-02T00:00:00.000Z', disputed: null, cwes: [] },
  ...{ severity: 'critical', cvss: null, ratings: [], ssvc: null, epss: null, kev: null, matched: [] },
  ...{ inheritedFrom: null, due: null, exceptions: [] },
};

type Placed = Assessment & { readonly placement: Placement };

const NO_GO: Placed = {
  ...{ schemaVersion: 1, rulesVersion: '3', placement: PLACEMENT, at: AT, verdict: 'no-go', blocking: true },
  image: {
    ...{ digest: PLACEMENT.digest, reference: 'shop/cart:1.4' },
    platform: { os: 'linux', architecture: 'amd64' },
  },
  asset: { id: 'shop', owner: 'Olive Owner', exposure: 'internet', criticality: 'high' },
  ...{ stage: 'production', stageFrom: 'asset', score: SCORE, counts: COUNT, openCounts: COUNT },
  split: { own: { score: SCORE, counts: COUNT }, inherited: { score: NO_SCORE, counts: NONE } },
  reasons: [
    {
      criterion: 'fixable-critical',
      message: 'A critical vulnerability that has a fix is fixed within 14 days: 1 vulnerability breaks it.',
      findings: [{ vulnerability: 'CVE-2026-13221', package: 'libssl3', source: 'openssl' }],
    },
  ],
  ...{ gaps: [], findings: [FINDING], lapsed: [], barred: [], feeds: [] },
  appetite: { hash: contentId('an appetite'), source: 'cavendish.yaml' },
  inputs: {
    ...{ sbom: contentId('an inventory'), scanGaps: [], buckets: [], exceptions: [], firstSeen: {} },
    ...{ lineage: NO_LINEAGE, history: NO_HISTORY, repository: 'shop/cart' },
  },
};

const GO: Placed = { ...NO_GO, verdict: 'go', blocking: false, reasons: [] };
const UNKNOWN: Placed = {
  ...{ ...NO_GO, verdict: 'unknown', reasons: [], findings: [], counts: NONE, openCounts: NONE },
  gaps: [
    {
      ...{ kind: 'feed-stale', subject: 'kev', tolerated: false },
      message: 'the known exploited vulnerabilities (KEV) are 9 days old; the stage allows 7',
    },
  ],
};

function verdict(assessment: Placed, previous: Assessment): Notice {
  const about = { tag: '1.4', advice: null, fallbackOwner: 'platform' };
  return verdictNotice({ assessment, id: contentId(assessment), previous, ...about });
}

function changed(repository: string, given: Partial<ChangedVerdict> = {}): ChangedVerdict {
  return {
    placement: { ...PLACEMENT, repository, digest: contentId(repository) },
    ...{ platform: 'linux/amd64', stage: 'production', tags: ['1.4'], verdict: 'no-go', before: 'go' },
    told: [{ tag: '1.4', previous: null, revision: 1 }],
    ...{ assessment: contentId(`of ${repository}`), blocking: true, owner: 'Olive Owner', running: false },
    ...{ asset: null, severity: null },
    ...{ vulnerabilities: 3, headline: '3 vulnerabilities, 1 criterion broken', news: [], newsOmitted: 0, page: 0 },
    ...given,
  };
}

function told(entries: readonly ChangedVerdict[], id: 'kev' | 'osv-debian'): Notice {
  const kind = id === 'kev' ? 'kev' : 'advisories';
  const change = { id, kind, before: null, after: contentId(id) } as const;
  return causeNotice({
    head: {
      cause: { kind: 'feeds', at: AT, changes: [change] },
      ...{ at: AT, pages: 1, placements: entries.length },
      feeds: [
        {
          ...{ id, kind },
          before: { date: '2026-11-24T00:00:00.000Z', count: 1500, model: null },
          after: { date: '2026-11-25T00:00:00.000Z', count: 1501, model: null },
        },
      ],
    },
    ...{ part: 1, entries, open: 0, failed: [], to: 'Olive Owner' },
  });
}

const EXPLOITED: ChangedVerdict['news'][number] = {
  ...{ kind: 'kev', vulnerability: 'CVE-2026-13221', package: 'openssl', fixedIn: '3.0.17-1', base: 'debian:12' },
  ...{ due: '2026-12-16', ransomware: true, was: null, is: null },
};

export function verdictPreviews(): readonly Notice[] {
  const better = { verdict: 'go', before: 'no-go', blocking: false, headline: '1 vulnerability' } as const;
  return [
    verdict(NO_GO, GO),
    verdict(UNKNOWN, GO),
    told([changed('shop/cart', { running: true }), changed('shop/pay'), changed('shop/search', better)], 'osv-debian'),
    told(
      [
        changed('shop/cart', { running: true, news: [EXPLOITED] }),
        changed('shop/pay', { told: [], before: 'no-go', news: [EXPLOITED] }),
      ],
      'kev',
    ),
  ];
}

export function roundUpPreview(): Notice {
  const entry = (assessment: Placed, repository: string, previous: Assessment | null) => {
    const placed = { ...assessment, placement: { ...PLACEMENT, repository } };
    return roundUpEntry({ assessment: placed, tag: '1.4', previous }, repository);
  };
  const entries = [entry(NO_GO, 'shop/cart', GO), entry(UNKNOWN, 'shop/search', GO), entry(GO, 'shop/job', null)];
  return roundUp(entries, 'Olive Owner');
}
