/** The buckets that differ between two versions of a feed: of shards that are the same nothing is read. */
import type { Feed } from '../../core/advisories/feed.ts';
import type { Digest } from '../../core/image/digest.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Shard } from '../ports/intelligence.ts';

export interface ChangedBucket {
  readonly key: string;
  /** Null where there was none. */
  readonly before: Digest | null;
  readonly after: Digest | null;
}

/** Shard by shard. @param from - null where nothing was held */
export async function* changedBuckets(
  from: Pick<Feed, 'id' | 'shards'> | null,
  to: Pick<Feed, 'id' | 'shards'>,
  evidence: EvidenceStore,
): AsyncIterable<ChangedBucket> {
  const shards = new Set([...Object.keys(from?.shards ?? {}), ...Object.keys(to.shards)]);
  for (const name of [...shards].sort()) {
    const [then, now] = [from?.shards[name], to.shards[name]];
    if (then === now) continue;
    const before = await shardOf(then, to.id, evidence);
    const after = await shardOf(now, to.id, evidence);
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const one = { key, before: before[key] ?? null, after: after[key] ?? null };
      if (one.before !== one.after) yield one;
    }
  }
}

async function shardOf(digest: Digest | undefined, id: string, evidence: EvidenceStore): Promise<Shard> {
  return digest === undefined ? {} : await readDocument<Shard>(evidence, digest, `a shard of feed ${id}`);
}
