import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { whatChanges } from '../../../lib/core/lineage/what-changes.ts';
import type { Finding } from '../../../lib/core/matching/finding.ts';
import { aDigest, aFinding } from '../../support/assessments.ts';

const BASE = aDigest('base');

function found(vulnerability: string, source: string, inheritedFrom: Finding['inheritedFrom'] = null): Finding {
  const { package: one } = aFinding();
  return aFinding({
    vulnerability,
    package: { ...one, name: `${source}-bin`, source: { name: source, version: '1' } },
    inheritedFrom,
  });
}

function names(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ vulnerability, package: { source } }) => `${vulnerability} ${source.name}`).sort();
}

describe('what changes with another build of the base', () => {
  it('is what the base brings no more, and what it brings anew', () => {
    const clone = [found('CVE-1', 'perl', BASE), found('CVE-2', 'perl', BASE), found('CVE-3', 'nginx')];
    const { removed, added } = whatChanges(clone, [found('CVE-2', 'perl'), found('CVE-4', 'zlib')]);

    expect(names(removed)).toEqual(['CVE-1 perl']);
    expect(names(added)).toEqual(['CVE-4 zlib']);
  });

  it('leaves what the clone has of its own, on either side', () => {
    const clone = [found('CVE-1', 'perl', BASE), found('CVE-1', 'perl'), found('CVE-2', 'zlib')];

    expect(whatChanges(clone, [found('CVE-2', 'zlib')])).toEqual({ removed: [], added: [] });
  });

  it('counts a vulnerability in two binaries of a source package once', () => {
    const [one] = [found('CVE-1', 'perl', BASE)];
    const other = { ...one, package: { ...one.package, name: 'perl-other' } };

    expect(whatChanges([one, other], []).removed).toHaveLength(1);
  });

  const findings = fc.array(
    fc
      .record({ id: fc.nat(4), source: fc.constantFrom('perl', 'zlib'), inherited: fc.boolean() })
      .map(({ id, source, inherited }) => found(`CVE-${String(id)}`, source, inherited ? BASE : null)),
    { maxLength: 12 },
  );

  it('gives, applied to the clone, what is its own and what the other build has', () => {
    fc.assert(
      fc.property(findings, findings, (clone, other) => {
        const { removed, added } = whatChanges(clone, other);
        const [gone, come] = [new Set(names(removed)), names(added)];
        const own = names(clone.filter(({ inheritedFrom }) => inheritedFrom === null));
        const after = new Set([...names(clone).filter((name) => !gone.has(name)), ...come]);

        expect(after).toEqual(new Set([...own, ...names(other)]));
        expect(
          whatChanges(
            clone.map((one) => ({ ...one, inheritedFrom: BASE })),
            clone,
          ),
        ).toEqual({
          removed: [],
          added: [],
        });
      }),
    );
  });
});
