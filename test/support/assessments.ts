/** Assessments for tests: right by default, with what a test is about put in. */
import { contentId } from '../../lib/core/canonical/canonical.ts';
import type { Digest } from '../../lib/core/image/digest.ts';
import type { Placement } from '../../lib/core/image/placement.ts';
import { NO_LINEAGE } from '../../lib/core/lineage/lineage.ts';
import type { Finding, Severity } from '../../lib/core/matching/finding.ts';
import { type Assessment, type Reason, RULES_VERSION } from '../../lib/core/register/assessment.ts';
import { NO_HISTORY } from '../../lib/core/register/judged-evidence.ts';

export function aDigest(seed: string): Digest {
  return contentId(seed);
}

export function aPlacement(overrides: Partial<Placement> = {}): Placement {
  return {
    account: 'laptop',
    region: 'local',
    registry: 'embedded',
    repository: 'team/app',
    digest: aDigest('image'),
    ...overrides,
  };
}

export function aFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    vulnerability: 'CVE-2026-42496',
    aliases: [],
    records: ['DEBCL-12-perl-CVE-2026-42496'],
    package: {
      name: 'perl-base',
      version: '5.36.0-7+deb12u3',
      type: 'deb',
      purl: 'pkg:deb/debian/perl-base@5.36.0-7%2Bdeb12u3?arch=amd64&distro=debian-12',
      layer: aDigest('layer'),
      source: { name: 'perl', version: '5.36.0-7+deb12u3' },
    },
    fixedIn: '5.36.0-7+deb12u4',
    title: null,
    published: '2026-05-26T00:17:19.110Z',
    disputed: null,
    cwes: [],
    severity: 'critical',
    cvss: {
      score: 9.1,
      vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N',
      version: '3.1',
      source: 'adp:CISA-ADP',
    },
    ratings: [],
    ssvc: null,
    epss: null,
    kev: null,
    matched: [],
    foundBy: 'cavendish',
    inheritedFrom: null,
    due: null,
    exceptions: [],
    ...overrides,
  };
}

export function aReason(overrides: Partial<Reason> = {}): Reason {
  return {
    criterion: 'fixable-critical',
    message: 'A critical vulnerability that has a fix is fixed in time: 1 vulnerability breaks it.',
    findings: [{ vulnerability: 'CVE-2026-42496', package: 'perl-base', source: 'perl' }],
    ...overrides,
  };
}

export function aCount(given: Partial<Record<Severity, number>> = {}): Record<Severity, number> {
  return { critical: 0, high: 0, medium: 0, low: 0, none: 0, unrated: 0, ...given };
}

export type PlacedAssessment = Assessment & { readonly placement: Placement };

export function anAssessment(overrides: Partial<PlacedAssessment> = {}): PlacedAssessment {
  const placement = overrides.placement ?? aPlacement();
  return {
    schemaVersion: 1,
    rulesVersion: RULES_VERSION,
    image: {
      digest: placement.digest,
      reference: `${placement.repository}:1.0`,
      platform: { os: 'linux', architecture: 'amd64' },
    },
    placement,
    asset: { id: 'shop', owner: 'shop-team@example.com', exposure: 'internet', criticality: 'high' },
    stage: 'production',
    stageFrom: 'asset',
    at: '2026-11-23T00:00:00.000Z',
    verdict: 'no-go',
    blocking: true,
    score: { inherent: 40, residual: 40, open: 40 },
    counts: aCount({ critical: 1 }),
    openCounts: aCount({ critical: 1 }),
    split: {
      own: { score: { inherent: 40, residual: 40, open: 40 }, counts: aCount({ critical: 1 }) },
      inherited: { score: { inherent: 0, residual: 0, open: 0 }, counts: aCount() },
    },
    reasons: [aReason()],
    gaps: [],
    findings: [aFinding()],
    lapsed: [],
    barred: [],
    feeds: [],
    appetite: { hash: aDigest('appetite'), source: 'default appetite' },
    inputs: {
      sbom: aDigest('sbom'),
      scanGaps: [],
      buckets: [],
      exceptions: [],
      firstSeen: {},
      lineage: NO_LINEAGE,
      history: NO_HISTORY,
      repository: placement.repository,
    },
    ...overrides,
  };
}

/** What rules version 1 would have recorded of it: nothing of bases, and nothing of exceptions. */
export function asOfRules1({
  split: _,
  openCounts: _open,
  lapsed: _lapsed,
  barred: _barred,
  inputs: { lineage: _lineage, history: _history, ...inputs },
  findings,
  ...rest
}: Assessment) {
  const found = findings.map(({ inheritedFrom: _from, exceptions: _by, ...finding }) => finding);
  return { ...rest, rulesVersion: '1', inputs, findings: found };
}
