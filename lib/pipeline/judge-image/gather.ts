/**
 * Gathers what a judgement rests on: first the advisories of the packages, then what is known of
 * the vulnerabilities that match. Buckets that no feed holds are gathered too, as such: that there
 * was no record is part of the evidence.
 */
import { z } from 'zod';

import { cveBucket, epssBucket, KEV_BUCKET } from '../../core/advisories/bucket.ts';
import type { FeedKind, HeldFeed } from '../../core/advisories/feed.ts';
import type { Match } from '../../core/matching/match.ts';
import { matchPackages } from '../../core/matching/match-packages.ts';
import { advisoryBucketsOf } from '../../core/matching/subjects.ts';
import type { JudgedEvidence, ReadBucket } from '../../core/register/judged-evidence.ts';
import { firstSightKey } from '../../core/register/keys.ts';
import { recordsOf } from '../../core/register/read-records.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import { publishedOf } from '../../core/scoring/enrich.ts';
import type { Intelligence } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';

type Gathered = Pick<JudgedEvidence, 'feeds' | 'buckets' | 'firstSeen'>;

const firstSight = z.object({ at: z.string() });

export async function gather(
  inventory: Inventory | null,
  at: string,
  { intelligence, register }: { readonly intelligence: Intelligence; readonly register: RegisterStore },
): Promise<Gathered> {
  const feeds = await intelligence.feeds();
  if (inventory === null) return { feeds, buckets: [], firstSeen: {} };

  const packageKeys = inventory.packages.flatMap((pkg) => advisoryBucketsOf(pkg));
  const advisories = await readBuckets(intelligence, feeds, 'advisories', packageKeys);
  const { matches } = matchPackages(inventory.packages, recordsOf(feeds, advisories).advisoriesOf);

  const names = matches.flatMap(({ vulnerability, aliases }) => [vulnerability, ...aliases]);
  const facts = await Promise.all([
    readBuckets(
      intelligence,
      feeds,
      'cve',
      names.flatMap((name) => cveBucket(name) ?? []),
    ),
    readBuckets(
      intelligence,
      feeds,
      'epss',
      names.flatMap((name) => epssBucket(name) ?? []),
    ),
    readBuckets(intelligence, feeds, 'kev', names.length === 0 ? [] : [KEV_BUCKET]),
  ]);
  const buckets = [...advisories, ...facts.flat()];
  const undated = undatedOf(matches, recordsOf(feeds, buckets).factsOf);
  return { feeds, buckets, firstSeen: await firstSights(undated, at, register) };
}

/** Of every feed of a kind what it holds by these keys, and that it holds nothing. */
export async function readBuckets(
  intelligence: Intelligence,
  feeds: readonly HeldFeed[],
  kind: FeedKind,
  keys: readonly string[],
): Promise<readonly ReadBucket[]> {
  const distinct = [...new Set(keys)].sort();
  const read = feeds
    .filter(({ feed }) => feed.kind === kind)
    .flatMap((held) =>
      distinct.map(async (key) => {
        const bucket = await intelligence.bucket(held, key);
        return { feed: held.feed.id, key, hash: bucket?.hash ?? null, records: bucket?.records ?? [] };
      }),
    );
  return await Promise.all(read);
}

function undatedOf(matches: readonly Match[], factsOf: ReturnType<typeof recordsOf>['factsOf']): readonly string[] {
  const undated = matches.filter((match) => publishedOf(match, factsOf) === null);
  return [...new Set(undated.map(({ vulnerability }) => vulnerability))].sort();
}

async function firstSights(
  vulnerabilities: readonly string[],
  at: string,
  register: RegisterStore,
): Promise<Readonly<Record<string, string>>> {
  const seen = vulnerabilities.map(async (vulnerability) => {
    const item = await register.get(firstSightKey(vulnerability));
    const known = item === null ? at : firstSight.parse(item.body).at;
    return [vulnerability, known < at ? known : at] as const;
  });
  return Object.fromEntries(await Promise.all(seen));
}
