/** Assessments for tests: right by default, with what a test is about put in. */
import { contentId } from '../../lib/core/canonical/canonical.ts';
import type { Digest } from '../../lib/core/image/digest.ts';
import type { Placement } from '../../lib/core/image/placement.ts';
import type { Finding } from '../../lib/core/matching/finding.ts';
import type { Assessment, Reason } from '../../lib/core/register/assessment.ts';

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
    due: null,
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

export type PlacedAssessment = Assessment & { readonly placement: Placement };

export function anAssessment(overrides: Partial<PlacedAssessment> = {}): PlacedAssessment {
  const placement = overrides.placement ?? aPlacement();
  return {
    schemaVersion: 1,
    rulesVersion: '1',
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
    counts: { critical: 1, high: 0, medium: 0, low: 0, none: 0, unrated: 0 },
    reasons: [aReason()],
    gaps: [],
    findings: [aFinding()],
    feeds: [],
    appetite: { hash: aDigest('appetite'), source: 'default appetite' },
    inputs: {
      sbom: aDigest('sbom'),
      scanGaps: [],
      buckets: [],
      exceptions: [],
      firstSeen: {},
      repository: placement.repository,
    },
    ...overrides,
  };
}
