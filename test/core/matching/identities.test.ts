import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { OsvRecord } from '../../../lib/core/advisories/records.ts';
import { identitiesOf } from '../../../lib/core/matching/identities.ts';
import { anAdvisory } from '../../support/advisory-builders.ts';

type Names = readonly string[];

const record = (id: string, given: { aliases?: Names; upstream?: Names; withdrawn?: string } = {}): OsvRecord =>
  anAdvisory(id, given);

/** What the first record speaks of, each with its aliases. */
function spokenOf(records: readonly OsvRecord[]): Record<string, Names> {
  const identities = identitiesOf(records);
  const [first] = records;
  const names = first === undefined ? [] : identities.vulnerabilitiesOf(first);
  return Object.fromEntries(names.map((name) => [name, identities.aliasesOf(name)]));
}

const WITHDRAWN = { withdrawn: '2026-01-01T00:00:00.000Z' };

describe('identitiesOf', () => {
  it.each<[string, readonly OsvRecord[], Record<string, Names>]>([
    ['a record with no other name speaks of itself', [record('DSA-1')], { 'DSA-1': [] }],
    [
      'a set of names goes by its CVE',
      [record('GHSA-1', { aliases: ['PYSEC-1', 'CVE-2026-0001'] })],
      { 'CVE-2026-0001': ['GHSA-1', 'PYSEC-1'] },
    ],
    [
      'a set without a CVE goes by its smallest name',
      [record('RUSTSEC-1', { aliases: ['GHSA-1'] })],
      { 'GHSA-1': ['RUSTSEC-1'] },
    ],
    [
      'aliases merge over other records',
      [record('GHSA-1', { aliases: ['PYSEC-1'] }), record('GO-1', { aliases: ['CVE-2026-0001', 'PYSEC-1'] })],
      { 'CVE-2026-0001': ['GHSA-1', 'GO-1', 'PYSEC-1'] },
    ],
    [
      'sets that met late are one',
      [
        record('A', { aliases: ['B'] }),
        record('C', { aliases: ['D', 'E'] }),
        record('F', { aliases: ['B', 'E', 'CVE-2026-0001'] }),
      ],
      { 'CVE-2026-0001': ['A', 'B', 'C', 'D', 'E', 'F'] },
    ],
    [
      'a withdrawn record merges nothing',
      [record('GHSA-1'), record('GO-1', { ...WITHDRAWN, aliases: ['GHSA-1', 'CVE-2026-0001'] })],
      { 'GHSA-1': [] },
    ],
    [
      'of several CVEs the smallest number counts, as a number',
      [record('GHSA-1', { aliases: ['CVE-2026-109518', 'CVE-2026-9999'] })],
      { 'CVE-2026-9999': ['CVE-2026-109518', 'GHSA-1'] },
    ],
    [
      'of several CVEs the oldest year counts',
      [record('GHSA-1', { aliases: ['CVE-2026-0001', 'CVE-2025-9999'] })],
      { 'CVE-2025-9999': ['CVE-2026-0001', 'GHSA-1'] },
    ],
    [
      'upstream names each vulnerability, and the record is not one more',
      [record('DSA-1', { upstream: ['CVE-2026-0002', 'CVE-2026-0001'] })],
      { 'CVE-2026-0001': [], 'CVE-2026-0002': [] },
    ],
    [
      'upstream is followed through records that are held',
      [
        record('USN-1', { upstream: ['UBUNTU-CVE-2026-0001'] }),
        record('UBUNTU-CVE-2026-0001', { upstream: ['CVE-2026-0001'] }),
      ],
      { 'CVE-2026-0001': [] },
    ],
    [
      'upstream is followed through a withdrawn record too: what it is called is still true',
      [
        record('USN-1', { upstream: ['UBUNTU-CVE-2026-0001'] }),
        record('UBUNTU-CVE-2026-0001', { ...WITHDRAWN, upstream: ['CVE-2026-0001'] }),
      ],
      { 'CVE-2026-0001': [] },
    ],
    [
      'an upstream name that leads no further is kept',
      [record('USN-1', { upstream: ['UBUNTU-CVE-1'] })],
      { 'UBUNTU-CVE-1': [] },
    ],
    [
      'an upstream name goes by the CVE that it is an alias of',
      [record('DSA-1', { upstream: ['GHSA-1'] }), record('GHSA-1', { aliases: ['CVE-2026-0001'] })],
      { 'CVE-2026-0001': ['GHSA-1'] },
    ],
    [
      'an upstream record without a CVE speaks of itself beside the others',
      [record('DSA-1', { upstream: ['GHSA-1', 'CVE-2026-0001'] }), record('GHSA-1')],
      { 'CVE-2026-0001': [], 'GHSA-1': [] },
    ],
    [
      'two upstream names of one thing are one',
      [record('DSA-1', { upstream: ['GHSA-1', 'CVE-2026-0001'] }), record('GHSA-1', { aliases: ['CVE-2026-0001'] })],
      { 'CVE-2026-0001': ['GHSA-1'] },
    ],
    [
      'a record with a CVE of its own and upstream speaks of both',
      [record('ALSA-1', { aliases: ['CVE-2026-0002'], upstream: ['CVE-2026-0001'] })],
      { 'CVE-2026-0001': [], 'CVE-2026-0002': ['ALSA-1'] },
    ],
    [
      'records that only name each other speak of themselves',
      [record('A', { upstream: ['B'] }), record('B', { upstream: ['A'] })],
      { A: [] },
    ],
    ['a record that names itself speaks of itself', [record('A', { upstream: ['A'] })], { A: [] }],
  ])('%s', (_why, records, expected) => {
    expect(spokenOf(records)).toEqual(expected);
  });

  it('names what a record speaks of in order', () => {
    const spoken = identitiesOf([]).vulnerabilitiesOf(record('DSA-1', { upstream: ['B', 'C', 'A'] }));
    expect(spoken).toEqual(['A', 'B', 'C']);
  });

  it('gives the same sets in whatever order records come', () => {
    const names = fc.constantFrom('A', 'B', 'C', 'D', 'CVE-2026-0001', 'CVE-2026-0002');
    const records = fc.uniqueArray(
      fc.record({ id: fc.constantFrom('R1', 'R2', 'R3', 'R4'), aliases: fc.uniqueArray(names, { maxLength: 2 }) }),
      { selector: ({ id }) => id, minLength: 1 },
    );
    fc.assert(
      fc.property(records, (given) => {
        const all = given.map(({ id, aliases }) => record(id, { aliases }));
        const [one, other] = [identitiesOf(all), identitiesOf([...all].reverse())];
        for (const each of all) {
          const [name = ''] = one.vulnerabilitiesOf(each);
          expect(other.vulnerabilitiesOf(each)).toEqual([name]);
          expect(other.aliasesOf(name)).toEqual(one.aliasesOf(name));
          for (const alias of each.aliases) expect([name, ...one.aliasesOf(name)]).toContain(alias);
        }
      }),
    );
  });

  it('reads upstream names that cross many times once each', () => {
    const layers = Array.from({ length: 200 }, (_, depth) =>
      ['a', 'b'].map((side) =>
        record(`${side}${String(depth)}`, { upstream: [`a${String(depth + 1)}`, `b${String(depth + 1)}`] }),
      ),
    ).flat();
    expect(Object.keys(spokenOf(layers))).toEqual(['a200', 'b200']);
  });
});
