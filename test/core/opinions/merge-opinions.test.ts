import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { mergeOpinions } from '../../../lib/core/opinions/merge-opinions.ts';
import { aPackage } from '../../support/advisory-builders.ts';
import { aFinding } from '../../support/assessments.ts';
import { anOpinion, aSaidFinding } from '../../support/opinions.ts';

const SOURCE = { name: 'perl', version: '5.36.0-7+deb12u3' };
const packages = ['perl-base', 'perl'].map((name) => aPackage({ name, version: SOURCE.version, source: SOURCE }));
const ours = aFinding({ aliases: ['GHSA-aaaa-bbbb-cccc'], records: ['DSA-5902-1'] });

const merge = (opinions: Parameters<typeof mergeOpinions>[1], findings = [ours]) =>
  mergeOpinions({ packages, findings }, opinions);

describe('findings of several scanners', () => {
  it('are the same under any name of the vulnerability, in any package of the source', () => {
    const opinions = [
      anOpinion('trivy', [aSaidFinding({ package: { name: 'perl' } })]),
      anOpinion('grype', [aSaidFinding({ vulnerability: 'GHSA-aaaa-bbbb-cccc' })]),
      anOpinion('ecr-basic', [aSaidFinding({ vulnerability: 'DSA-5902-1', package: { type: null } })]),
      anOpinion('osv', [aSaidFinding({ vulnerability: 'DEBIAN-CVE-2026-42496' })]),
    ];

    expect(merge(opinions)).toMatchObject({ foundBy: [['ecr-basic', 'grype', 'osv', 'trivy']], onlyOthers: [] });
  });

  it('are not the same in another package, in another version, or of another vulnerability', () => {
    const others = [
      aSaidFinding({ package: { name: 'zlib1g', version: '1.2' } }),
      aSaidFinding({ package: { version: '5.40' } }),
      aSaidFinding({ vulnerability: 'CVE-2026-0002' }),
    ];
    const { foundBy, onlyOthers, comparisons } = merge([anOpinion('trivy', others)]);

    expect(foundBy).toEqual([[]]);
    expect(
      onlyOthers.map(({ vulnerability, package: { name }, inInventory }) => [vulnerability, name, inInventory]),
    ).toEqual([
      ['CVE-2026-0002', 'perl-base', true],
      ['CVE-2026-42496', 'perl-base', false],
      ['CVE-2026-42496', 'zlib1g', false],
    ]);
    expect(comparisons.get('trivy')).toEqual({
      both: [],
      onlyTheirs: ['CVE-2026-0002', 'CVE-2026-42496'],
      onlyOurs: ['CVE-2026-42496'],
    });
  });

  it('that only others have are one where two of them mean the same, rated by the worse', () => {
    const opinions = [
      anOpinion('trivy', [
        aSaidFinding({ vulnerability: 'CVE-2026-0002', severity: 'low', package: { name: 'perl' } }),
      ]),
      anOpinion('grype', [
        aSaidFinding({ vulnerability: 'CVE-2026-0002', aliases: ['GHSA-1111-2222-3333'], severity: 'high' }),
      ]),
      anOpinion('osv', [aSaidFinding({ vulnerability: 'GHSA-1111-2222-3333', severity: 'unrated', fixedIn: '6' })]),
    ];

    expect(merge(opinions).onlyOthers).toEqual([
      {
        vulnerability: 'CVE-2026-0002',
        aliases: ['GHSA-1111-2222-3333'],
        package: { type: 'deb', name: 'perl-base', version: SOURCE.version },
        severity: 'high',
        fixedIn: '6',
        foundBy: ['grype', 'osv', 'trivy'],
        inInventory: true,
      },
    ]);
  });

  const name = fc.constantFrom('CVE-2026-0001', 'CVE-2026-0002', 'CVE-2026-0003');
  const said = fc.record({
    vulnerability: name,
    severity: fc.constantFrom('critical', 'low', 'unrated'),
    package: fc.record({
      type: fc.constantFrom('deb', null),
      name: fc.constantFrom('perl', 'perl-base', 'zlib1g'),
      version: fc.constantFrom(SOURCE.version, '1', null),
    }),
  });
  const opinions = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.array(said, { maxLength: 6 })), {
    selector: ([scanner]) => scanner,
  });
  const given = fc.tuple(fc.uniqueArray(name), opinions);

  it('lose nothing: each is beside ours, or only others have it', () => {
    fc.assert(
      fc.property(given, ([names, told]) => {
        const findings = names.map((vulnerability) => aFinding({ vulnerability }));
        const all = told.map(([scanner, some]) => anOpinion(scanner, some.map(aSaidFinding)));
        const { foundBy, onlyOthers } = mergeOpinions({ packages, findings }, all);
        for (const { scanner, findings: theirs } of all) {
          for (const { vulnerability } of theirs) {
            const at = names.findIndex((one) => one === vulnerability);
            const beside = foundBy[at]?.includes(scanner.name) ?? false;
            const alone = onlyOthers.some(
              (one) => one.vulnerability === vulnerability && one.foundBy.includes(scanner.name),
            );
            expect(beside || alone).toBe(true);
          }
        }
        // Nobody is named who said nothing of it.
        for (const [at, by] of foundBy.entries()) {
          for (const one of by) {
            const opinion = all.find(({ scanner }) => scanner.name === one);
            expect(opinion?.findings.map(({ vulnerability }) => vulnerability)).toContain(names[at]);
          }
        }
      }),
    );
  });

  it('are the same in whatever order opinions come', () => {
    fc.assert(
      fc.property(given, ([names, told]) => {
        const findings = names.map((vulnerability) => aFinding({ vulnerability }));
        const all = told.map(([scanner, some]) => anOpinion(scanner, some.map(aSaidFinding)));
        expect(mergeOpinions({ packages, findings }, all.toReversed())).toEqual(
          mergeOpinions({ packages, findings }, all),
        );
      }),
    );
  });
});
