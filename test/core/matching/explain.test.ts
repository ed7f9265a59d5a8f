import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { OsvEvent, OsvRecord } from '../../../lib/core/advisories/records.ts';
import { explain } from '../../../lib/core/matching/explain.ts';
import { matchPackages } from '../../../lib/core/matching/match-packages.ts';
import type { Package } from '../../../lib/core/sbom/inventory.ts';
import { affecting, anAdvisory, aPackage } from '../../support/advisory-builders.ts';

const EVERY = () => true;
const perl = aPackage({ name: 'perl-base', source: { name: 'perl', version: '2.0' } });

function explained(records: readonly OsvRecord[], vulnerability = 'CVE-2026-0001', packages = [perl]) {
  return explain(vulnerability, packages, () => records, EVERY);
}

function about(id: string, given: Partial<OsvRecord> = {}): OsvRecord {
  return anAdvisory(id, { aliases: ['CVE-2026-0001'], ...given });
}

describe('explain', () => {
  it('says how the version stands to each event, and what follows', () => {
    const events = [{ introduced: '0' }, { fixed: '1.5' }, { introduced: '2.0' }, { fixed: '2.3' }];
    const { subjects, aliases } = explained([about('DSA-1', { affected: [affecting(events)] })]);

    expect(aliases).toEqual(['DSA-1']);
    expect(subjects).toMatchObject([
      {
        ...{ ecosystem: 'Debian:12', name: 'perl', version: '2.0', outcome: 'affected' },
        packages: [{ name: 'perl-base' }],
        records: [
          {
            ...{ id: 'DSA-1', outcome: 'affected', fixed: '2.3', withdrawn: null, undecided: null },
            entries: [
              {
                applies: true,
                listed: { count: 0, holds: false },
                ranges: [
                  {
                    outcome: 'affected',
                    events: [
                      { kind: 'introduced', version: '0', stands: 'behind' },
                      { kind: 'fixed', version: '1.5', stands: 'behind' },
                      { kind: 'introduced', version: '2.0', stands: 'same' },
                      { kind: 'fixed', version: '2.3', stands: 'before' },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  it.each<[string, Partial<OsvRecord>, object]>([
    [
      'a record of another release',
      { affected: [affecting([{ introduced: '0' }], { ecosystem: 'Debian:11' })] },
      { outcome: 'not affected', entries: [{ applies: false }] },
    ],
    [
      'a withdrawn record',
      { withdrawn: '2026-02-01T00:00:00.000Z' },
      {
        outcome: 'not affected',
        withdrawn: '2026-02-01T00:00:00.000Z',
        entries: [{ ranges: [{ outcome: 'affected' }] }],
      },
    ],
    [
      'a range of commits',
      { affected: [affecting([], { ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }], versions: ['2.0'] })] },
      {
        outcome: 'affected',
        entries: [{ ranges: [{ outcome: null, events: [] }], listed: { count: 1, holds: true } }],
      },
    ],
    [
      'a version that is not listed',
      { affected: [affecting([], { ranges: [], versions: ['1.9', '2.1'] })] },
      { outcome: 'not affected', entries: [{ listed: { count: 2, holds: false } }] },
    ],
    [
      'a version that can not be put in order',
      { affected: [affecting([{ introduced: '0' }, { fixed: 'not a version' }])] },
      {
        outcome: 'undecided',
        undecided: expect.stringContaining('"not a version"'),
        entries: [
          {
            ranges: [
              { outcome: 'undecided', events: [{}, { stands: { unparsable: expect.stringContaining('not a') } }] },
            ],
          },
        ],
      },
    ],
    [
      'what has neither ranges nor versions',
      { affected: [affecting([], { ranges: [] })] },
      { outcome: 'undecided', entries: [{ ranges: [], listed: { count: 0 } }] },
    ],
    [
      'a limit',
      { affected: [affecting([{ introduced: '0' }, { limit: '*' }, { limit: '1.0' }])] },
      { outcome: 'affected', entries: [{ ranges: [{ events: [{}, { stands: 'before' }, { stands: 'behind' }] }] }] },
    ],
  ])('explains %s', (_, given, expected) => {
    expect(explained([about('DSA-1', given)]).subjects[0]?.records).toMatchObject([expected]);
  });

  it.each([
    ['by its CVE', 'CVE-2026-0001'],
    ['by the id of a record', 'GHSA-1'],
    ['by an alias of an alias', 'PYSEC-1'],
  ])('finds it %s', (_, vulnerability) => {
    const records = [about('GHSA-1'), anAdvisory('PYSEC-1', { aliases: ['GHSA-1'] })];
    const { subjects, aliases } = explained(records, vulnerability);
    expect(subjects[0]?.records.map(({ id }) => id)).toEqual(['GHSA-1', 'PYSEC-1']);
    expect([vulnerability, ...aliases].sort()).toEqual(['CVE-2026-0001', 'GHSA-1', 'PYSEC-1']);
  });

  it('finds what a record of a distribution names as upstream, and the records that name each other', () => {
    const records = [
      anAdvisory('USN-1', { upstream: ['UBUNTU-CVE-2026-0001'] }),
      anAdvisory('UBUNTU-CVE-2026-0001', { upstream: ['CVE-2026-0001'] }),
    ];
    expect(explained(records).subjects[0]?.records.map(({ id }) => id)).toEqual(['UBUNTU-CVE-2026-0001', 'USN-1']);
  });

  it('has nothing where no record names it, nor for packages of which nobody asks', () => {
    const records = [about('DSA-1')];
    expect(explained(records, 'CVE-2026-9999').subjects).toEqual([]);
    expect(explained(records, 'CVE-2026-0001', [aPackage({ ecosystem: null })]).subjects).toEqual([]);
    expect(
      explain(
        'CVE-2026-0001',
        [perl],
        () => records,
        () => false,
      ),
    ).toMatchObject({ aliases: ['DSA-1'], subjects: [] });
  });

  it('comes to what matching comes to, whatever the records are', () => {
    const version = fc.constantFrom('0', '1.0', '2.0', '3.0', 'not a version');
    const event = fc.oneof(
      version.map((introduced): OsvEvent => ({ introduced })),
      version.map((fixed): OsvEvent => ({ fixed })),
      version.map((last_affected): OsvEvent => ({ last_affected })),
    );
    const affected = fc
      .record({
        ecosystem: fc.constantFrom('Debian', 'Debian:12', 'Debian:11'),
        versions: fc.subarray(['1.0', '2.0', '0:2.0']),
        ranges: fc.array(
          fc.record({
            type: fc.constantFrom('ECOSYSTEM' as const, 'GIT' as const),
            events: fc.array(event, { maxLength: 4 }).map((events) => [{ introduced: '0' }, ...events]),
          }),
          { maxLength: 2 },
        ),
      })
      .map((given) => affecting([], given));
    const record = fc.record({
      withdrawn: fc.constantFrom(null, '2026-02-01T00:00:00.000Z'),
      affected: fc.array(affected, { minLength: 1, maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 3 }), version, (given, installed) => {
        const records = given.map((one, at) => about(`DSA-${String(at)}`, one));
        const packages: Package[] = [aPackage({ version: installed })];
        const { matches, gaps } = matchPackages(packages, () => records);
        const outcome = matches.length > 0 ? 'affected' : gaps.length > 0 ? 'undecided' : 'not affected';

        const { subjects } = explained(records, 'CVE-2026-0001', packages);
        expect(subjects.map((one) => one.outcome)).toEqual([outcome]);
        const found = subjects.flatMap((one) => one.records.filter((each) => each.outcome === 'affected'));
        expect(found.map(({ id }) => id)).toEqual(matches.flatMap((one) => one.records.map(({ id }) => id)));
      }),
    );
  });
});
