/**
 * The feeds that the register names, read from the evidence store.
 */
import { shardOf } from '../../core/advisories/bucket.ts';
import type { Feed, HeldFeed } from '../../core/advisories/feed.ts';
import type { Digest } from '../../core/image/digest.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Intelligence } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readPointers } from './feed-items.ts';

/** Bucket key → digest of the bucket. */
export type Shard = Readonly<Record<string, Digest>>;

/** Manifests and shards are small, and read again and again: so many are kept. */
const KEPT = 2048;

/**
 * A feed whose manifest, shard or bucket is missing or altered is an error that names it: never
 * a feed that holds nothing.
 */
export function storedIntelligence(register: RegisterStore, evidence: EvidenceStore): Intelligence {
  const kept = new Map<Digest, Promise<unknown>>();

  function read<T>(digest: Digest, what: string): Promise<T> {
    const held = kept.get(digest);
    if (held !== undefined) return held as Promise<T>;
    const reading = readDocument<T>(evidence, digest, what);
    const [oldest] = kept.keys();
    if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(digest, reading);
    // What could not be read may be mended: the next who asks looks again.
    reading.catch(() => kept.delete(digest));
    return reading;
  }

  return {
    async feeds() {
      const pointers = await readPointers(register);
      return await Promise.all(
        pointers.map(async ({ id, hash }): Promise<HeldFeed> => ({ feed: await read<Feed>(hash, `feed ${id}`), hash })),
      );
    },

    async bucket({ feed }, key) {
      const shardDigest = feed.shards[shardOf(key)];
      if (shardDigest === undefined) return null;
      const shard = await read<Shard>(shardDigest, `a shard of feed ${feed.id}`);
      const hash = Object.hasOwn(shard, key) ? shard[key] : undefined;
      if (hash === undefined) return null;
      return {
        hash,
        records: await readDocument<readonly unknown[]>(evidence, hash, `bucket ${key} of feed ${feed.id}`),
      };
    },
  };
}
