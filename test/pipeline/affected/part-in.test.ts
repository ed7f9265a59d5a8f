import { describe, expect, it } from '@jest/globals';

import type { Inventory } from '../../../lib/core/sbom/inventory.ts';
import { partIn } from '../../../lib/pipeline/affected/part-in.ts';
import { aDigest, aFinding, anAssessment } from '../../support/assessments.ts';

const FINDING = aFinding();
const FOUND = FINDING.package;

const INVENTORY: Inventory = {
  ...{ schemaVersion: 1, scanner: { name: 'cavendish', version: '1' }, image: aDigest('image'), created: null },
  ...{ distribution: null, gaps: [] },
  layers: [{ diffId: FOUND.layer, digest: FOUND.layer, createdBy: null }],
  packages: [
    {
      ...{ type: 'deb', name: FOUND.name, version: FOUND.version, architecture: 'amd64', purl: FOUND.purl },
      ...{ source: FOUND.source, ecosystem: 'Debian:12', layer: FOUND.layer, path: 'var/lib/dpkg/status' },
      foundBy: 'dpkg',
    },
  ],
};

describe('the part that a package has in a verdict', () => {
  it('is fixed by the version that fixes all of it that has a fix', () => {
    const findings = ['5.36.0-7+deb12u9', '5.36.0-7+deb12u10', null].map((fixedIn, at) =>
      aFinding({
        vulnerability: `CVE-2026-100${String(at)}`,
        fixedIn,
        due: `2026-12-0${String(9 - at)}T00:00:00.000Z`,
      }),
    );
    expect(partIn({ kind: 'package', name: 'perl' }, anAssessment({ findings }), INVENTORY)).toMatchObject({
      packages: [{ name: 'perl-base', fixedIn: '5.36.0-7+deb12u10' }],
      ...{ vulnerabilities: 3, worst: { severity: 'critical', due: '2026-12-07T00:00:00.000Z' } },
    });
  });

  it('is none where it is not there, or where nobody could look', () => {
    expect(partIn({ kind: 'package', name: 'zsh' }, anAssessment(), INVENTORY)).toBeNull();
    expect(partIn({ kind: 'package', name: 'perl' }, anAssessment(), null)).toBeNull();
  });
});

describe('the part that a vulnerability has in a verdict', () => {
  it('is found by each of its names', () => {
    const findings = [aFinding({ aliases: ['GHSA-abcd-1234-efgh'] })];
    for (const name of [FINDING.vulnerability, 'GHSA-abcd-1234-efgh']) {
      expect(partIn({ kind: 'vulnerability', name }, anAssessment({ findings }), null)).toMatchObject({
        packages: [{ name: 'perl-base', fixedIn: '5.36.0-7+deb12u4' }],
      });
    }
    expect(partIn({ kind: 'vulnerability', name: 'CVE-2026-1' }, anAssessment({ findings }), null)).toBeNull();
  });
});
