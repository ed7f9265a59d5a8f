/**
 * What a change of feeds reaches: the advisory buckets and the vulnerabilities that are not as they were,
 * and whether dates or claims changed, on which gaps rest. It may be too much, never too little.
 */
import type { Feed, HeldFeed } from '../../core/advisories/feed.ts';
import type { FeedChange } from '../../core/again/cause.ts';
import { isCavendishError } from '../../core/errors/error.ts';
import { orderOf } from '../../core/versions/version.ts';
import { changedBuckets, changedRecords } from '../feeds/changed-buckets.ts';
import type { Versions } from '../ports/intelligence.ts';

export interface Reach {
  /** Keys of advisory buckets. */
  readonly buckets: ReadonlySet<string>;
  /** Vulnerabilities, by any of their names. */
  readonly vulnerabilities: ReadonlySet<string>;
  /** Verdicts that rest on a gap of feeds. */
  readonly unsettled: boolean;
}

/** More names than this are not followed one by one: everything is looked at, which asks for less. */
const MOST_NAMES = 5000;

class TooMany extends Error {}

/**
 * @param at - ISO 8601: when the feeds changed
 * @returns `everything` where any verdict may rest on what changed, or where it can't be told
 */
export async function reachOf(
  changes: readonly FeedChange[],
  at: string,
  versions: Versions,
): Promise<Reach | 'everything'> {
  const buckets = new Set<string>();
  const vulnerabilities = new Set<string>();
  const held = await versions.feeds();
  try {
    for (const change of changes) {
      const after = await versions.version(change.after);
      const before = change.before === null ? null : await versions.version(change.before);
      if (isShaken(before?.feed ?? null, after.feed, at)) return 'everything';
      const others = held.filter(({ feed }) => feed.kind === change.kind && feed.id !== change.id);
      for await (const name of namesOf(before, after, others, versions)) {
        (change.kind === 'advisories' ? buckets : vulnerabilities).add(name);
        if (buckets.size + vulnerabilities.size > MOST_NAMES) throw new TooMany();
      }
    }
  } catch (error) {
    // What was held before may have expired: then nobody can say what is different.
    if (error instanceof TooMany || isCavendishError(error, 'not-found')) return 'everything';
    throw error;
  }
  // Each change has another date, and with it another age, or other claims.
  return { buckets, vulnerabilities, unsettled: true };
}

/** True where a gap may open that was not there: no verdict is safe from it. */
export function isShaken(before: Feed | null, after: Feed, at: string): boolean {
  if (Date.parse(after.date) > Date.parse(at)) return true;
  if (before === null) return false;
  return Date.parse(after.date) < Date.parse(before.date) || !before.completeFor.every((claim) => isKept(claim, after));
}

function isKept({ ecosystem, packages }: Feed['completeFor'][number], { completeFor }: Feed): boolean {
  const now = completeFor.filter((claim) => claim.ecosystem === ecosystem);
  if (now.some((claim) => claim.packages === 'all')) return true;
  const named = new Set(now.flatMap((claim) => claim.packages));
  return packages !== 'all' && packages.every((name) => named.has(name));
}

async function* namesOf(
  before: HeldFeed | null,
  after: HeldFeed,
  others: readonly HeldFeed[],
  versions: Versions,
): AsyncGenerator<string> {
  if (after.feed.kind === 'advisories') {
    for await (const { key } of changedBuckets(before, after, versions)) yield key;
    return;
  }
  yield* recordsOf(before, after, versions);
  // Of these kinds the newest feed counts: where another one has become it, all that both say may.
  for (const other of others.filter((one) => isOvertaken(before?.feed ?? null, after.feed, one.feed))) {
    yield* recordsOf(null, after, versions);
    yield* recordsOf(null, other, versions);
  }
}

/** True where the two may not stand in the order in which they stood: of some kinds the newest feed counts. */
export function isOvertaken(before: Feed | null, after: Feed, other: Feed): boolean {
  return before === null || orderOf(before.date, other.date) !== orderOf(after.date, other.date);
}

async function* recordsOf(before: HeldFeed | null, after: HeldFeed, versions: Versions): AsyncGenerator<string> {
  for await (const bucket of changedBuckets(before, after, versions)) yield* await changedRecords(bucket, versions);
}
