import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Finding } from '../../../lib/core/matching/finding.ts';
import { worstFirst } from '../../../lib/core/register/worst-first.ts';
import { aFinding } from '../../support/assessments.ts';

const KEV = { dateAdded: '2026-06-01', dueDate: null, ransomware: false };

function rated(score: number): Finding['cvss'] {
  return { score, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N', version: '3.1', source: 'cna:x' };
}

function likely(score: number): Finding['epss'] {
  return { score, percentile: 0.5, modelVersion: 'v5', date: '2026-08-16T00:00:00.000Z' };
}

const { package: perl } = aFinding();

const IN_ORDER: readonly Finding[] = [
  aFinding({ vulnerability: 'exploited, though low', severity: 'low', cvss: null, kev: KEV }),
  aFinding({ vulnerability: 'critical, 9.8', cvss: rated(9.8) }),
  aFinding({ vulnerability: 'critical, 9.1, likely', cvss: rated(9.1), epss: likely(0.5) }),
  aFinding({ vulnerability: 'critical, 9.1, less likely', cvss: rated(9.1), epss: likely(0.4) }),
  aFinding({ vulnerability: 'critical, 9.1, who knows', cvss: rated(9.1), epss: null }),
  aFinding({ vulnerability: 'high', severity: 'high', cvss: rated(7) }),
  aFinding({ vulnerability: 'medium', severity: 'medium', cvss: null }),
  aFinding({ vulnerability: 'unrated A', severity: 'unrated', cvss: null }),
  aFinding({ vulnerability: 'unrated B', severity: 'unrated', cvss: null, package: { ...perl, purl: 'pkg:deb/a' } }),
  aFinding({ vulnerability: 'unrated B', severity: 'unrated', cvss: null, package: { ...perl, purl: 'pkg:deb/b' } }),
  aFinding({ vulnerability: 'low', severity: 'low', cvss: null }),
  aFinding({ vulnerability: 'none', severity: 'none', cvss: rated(0) }),
];

describe('worstFirst', () => {
  it('puts what is exploited first, then by severity, figures and name, whatever order they come in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...IN_ORDER], { minLength: IN_ORDER.length }), (findings) => {
        const before = [...findings];
        expect(worstFirst(findings)).toEqual(IN_ORDER);
        expect(findings).toEqual(before);
      }),
    );
  });
});
