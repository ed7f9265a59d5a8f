/**
 * The feeds that the register names, read from the evidence store.
 */
import { shardOf } from '../../core/advisories/bucket.ts';
import type { Feed, HeldFeed } from '../../core/advisories/feed.ts';
import type { Digest } from '../../core/image/digest.ts';
import { readEvidence } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Shard, Versions } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { documentCache } from './document-cache.ts';
import { readPointers } from './feed-items.ts';

/**
 * A feed whose manifest, shard or bucket is missing or altered is an error that names it: never
 * a feed that holds nothing.
 *
 * What was read is kept, by digest and within bounds: images that are judged one after the other read the
 * same manifests, shards and buckets again and again.
 */
export function storedIntelligence(register: RegisterStore, evidence: EvidenceStore): Versions {
  const cache = documentCache((digest, what) => readEvidence(evidence, digest, what));

  async function version(hash: Digest, what = `feed version ${hash}`): Promise<HeldFeed> {
    return { feed: await cache.read<Feed>(hash, what), hash };
  }

  async function shard({ feed }: HeldFeed, name: string): Promise<Shard> {
    const digest = feed.shards[name];
    return digest === undefined ? {} : await cache.read<Shard>(digest, `a shard of feed ${feed.id}`);
  }

  return {
    async feeds() {
      const pointers = await readPointers(register);
      return await Promise.all(pointers.map(({ id, hash }) => version(hash, `feed ${id}`)));
    },

    async bucket(held, key) {
      const buckets = await shard(held, shardOf(key));
      const hash = Object.hasOwn(buckets, key) ? buckets[key] : undefined;
      if (hash === undefined) return null;
      return { hash, records: await cache.read<readonly unknown[]>(hash, `bucket ${key} of feed ${held.feed.id}`) };
    },

    version,
    shard,
    records: (hash) => cache.read<readonly unknown[]>(hash, `bucket ${hash}`),
  };
}
