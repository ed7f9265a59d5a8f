/** Feeds that fast-check makes: of a few packages and vulnerabilities, so that they meet. */
import fc from 'fast-check';

import type { FeedPart } from '../../lib/pipeline/ports/feed-source.ts';
import { affecting, anAdvisory } from './advisory-builders.ts';
import { aCve } from './facts.ts';
import { advisory } from './feed-parts.ts';
import type { WordImage } from './rounds.ts';

const PACKAGES = ['libc', 'perl', 'zlib', 'curl', 'bash'];
const CVES = Array.from({ length: 6 }, (_, at) => `CVE-2026-000${at + 1}`);
const NAMES = [...CVES, 'DSA-1', 'DSA-2'];
const VECTORS = [
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  'CVSS:3.1/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N',
] as const;

/** What is known on one day; every kind is there, so that it may be held. */
export interface FeedDay {
  readonly advisories: readonly {
    readonly id: string;
    readonly alias: string | null;
    readonly name: string;
    readonly fixed: number;
  }[];
  readonly kev: readonly string[];
  readonly epss: readonly (readonly [id: string, score: number])[];
  readonly cve: readonly (readonly [id: string, vector: number])[];
  readonly complete: boolean;
}

export const feedDay: fc.Arbitrary<FeedDay> = fc.record({
  advisories: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom(...NAMES),
      alias: fc.option(fc.constantFrom(...CVES), { nil: null }),
      name: fc.constantFrom(...PACKAGES),
      fixed: fc.integer({ min: 2, max: 4 }),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 6 },
  ),
  kev: fc.uniqueArray(fc.constantFrom(...CVES), { maxLength: 3 }),
  epss: fc.uniqueArray(fc.tuple(fc.constantFrom(...CVES), fc.constantFrom(0.001, 0.002, 0.05, 0.4, 0.9)), {
    selector: ([id]) => id,
  }),
  cve: fc.uniqueArray(fc.tuple(fc.constantFrom(...CVES), fc.constantFrom(0, 1)), { selector: ([id]) => id }),
  complete: fc.boolean(),
});

/** @param date - ISO 8601: of all of it */
export function partsOf({ advisories, kev, epss, cve }: FeedDay, date: string): readonly FeedPart[] {
  return [
    ...advisories.map(({ id, alias, name, fixed }) =>
      advisory(
        anAdvisory(id, {
          modified: date,
          aliases: alias === null ? [] : [alias],
          affected: [affecting([{ introduced: '0' }, { fixed: String(fixed) }], { name })],
        }),
      ),
    ),
    ...cve.map(([id, vector]): FeedPart => {
      const metrics = [{ source: 'cna:test', vector: VECTORS[vector] ?? VECTORS[0] }];
      return { kind: 'cve', record: aCve(id, { updated: date, metrics }) };
    }),
    {
      kind: 'kev',
      where: 'kev.json',
      catalogue: {
        date,
        records: kev.map((id) => ({ id, dateAdded: '2026-01-01', dueDate: null, ransomware: false })),
      },
    },
    { kind: 'epss-header', where: 'epss.csv', header: { modelVersion: 'v5', date } },
    { kind: 'epss', records: epss.map(([id, score]) => ({ id, score, percentile: score })) },
  ];
}

const words = fc.uniqueArray(
  fc.tuple(fc.constantFrom(...PACKAGES), fc.integer({ min: 1, max: 4 })).map(([name, version]) => `${name} ${version}`),
  { selector: (word) => word.split(' ')[0], maxLength: 3 },
);

/** Images of shared layers: many have the same base. */
export const images: fc.Arbitrary<readonly WordImage[]> = fc
  .tuple(
    fc.array(words, { minLength: 1, maxLength: 2 }),
    fc.array(fc.tuple(fc.nat(1), fc.array(words, { maxLength: 2 })), { minLength: 1, maxLength: 5 }),
  )
  .map(([bases, made]) =>
    made.map(([base, own], place) => ({
      repository: `shop/app-${place}`,
      layers: [bases[base] ?? bases[0] ?? [], ...own].filter((layer) => layer.length > 0),
    })),
  );
