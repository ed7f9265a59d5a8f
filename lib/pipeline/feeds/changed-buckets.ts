/**
 * What is not the same in two versions of a feed: bucket keys first, then records.
 *
 * Buckets and shards are named by their content, so only shards whose digest differs are read, and only
 * buckets that differ in them.
 */
import type { HeldFeed } from '../../core/advisories/feed.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Versions } from '../ports/intelligence.ts';

export interface ChangedBucket {
  readonly key: string;
  /** Null where that version holds none by that key. */
  readonly before: Digest | null;
  readonly after: Digest | null;
}

/** @param before - null where nothing was held: all of it is new */
export async function* changedBuckets(
  before: HeldFeed | null,
  after: HeldFeed,
  versions: Pick<Versions, 'shard'>,
): AsyncGenerator<ChangedBucket> {
  const names = new Set([...Object.keys(before?.feed.shards ?? {}), ...Object.keys(after.feed.shards)]);
  for (const name of [...names].sort()) {
    if (before?.feed.shards[name] === after.feed.shards[name]) continue;
    const was = new Map(before === null ? [] : Object.entries(await versions.shard(before, name)));
    const is = new Map(Object.entries(await versions.shard(after, name)));
    for (const key of new Set([...was.keys(), ...is.keys()])) {
      const one = { key, before: was.get(key) ?? null, after: is.get(key) ?? null };
      if (one.before !== one.after) yield one;
    }
  }
}

/** The identifiers of the records that a changed bucket has in only one of its versions, or differently in both. */
export async function changedRecords(
  { before, after }: Omit<ChangedBucket, 'key'>,
  versions: Pick<Versions, 'records'>,
): Promise<readonly string[]> {
  const was = textsOf(before === null ? [] : await versions.records(before));
  const is = textsOf(after === null ? [] : await versions.records(after));
  return [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id));
}

/** Buckets are asked about again and again while a round lasts: for as long as one is kept, so are its texts. */
const texts = new WeakMap<readonly unknown[], ReadonlyMap<string, string>>();

function textsOf(records: readonly unknown[]): ReadonlyMap<string, string> {
  // A bucket's digest vouches for its shape: the reader of its kind wrote it, as canonical JSON.
  const named = records as readonly { readonly id: string }[];
  const known = texts.get(records) ?? new Map(named.map((record) => [record.id, JSON.stringify(record)]));
  texts.set(records, known);
  return known;
}
