/**
 * Lays a held feed's records beside those that were gathered, so that importing three records
 * doesn't throw away the rest. Which version of a record counts is decided when the feed is built.
 */
import type { Feed } from '../../core/advisories/feed.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Shard } from '../ports/intelligence.ts';
import type { FeedRecord, Gathering } from './gathering.ts';
import { revisionOf } from './revision.ts';
import { someAtATime } from './some-at-a-time.ts';
import { TOGETHER } from './store-buckets.ts';

export async function mergeHeld(feed: Feed, gathering: Gathering, evidence: EvidenceStore): Promise<void> {
  for (const digest of Object.values(feed.shards)) {
    const shard = await readDocument<Shard>(evidence, digest, `a shard of feed ${feed.id}`);
    const buckets = await someAtATime(Object.entries(shard), TOGETHER, async ([bucket, hash]) => {
      const records = await readDocument<FeedRecord[]>(evidence, hash, `bucket ${bucket} of feed ${feed.id}`);
      return records.map((record) => ({ bucket, record }));
    });
    for (const line of buckets.flat()) await gathering.add(line, revisionOf(feed.kind, line.record));
  }
}
