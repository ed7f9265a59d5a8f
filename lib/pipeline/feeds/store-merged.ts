/**
 * Stores what was gathered together with a feed that is held: of the buckets that are not concerned nothing is read
 * and nothing written.
 *
 * Concerned are the buckets that a gathered record goes into, and of advisories those that its older version lies in,
 * which the index of the feed knows. A feed without one is merged as a whole, and has one then.
 */
import { shardOf } from '../../core/advisories/bucket.ts';
import type { Feed } from '../../core/advisories/feed.ts';
import { canonicalBytes, canonicalText } from '../../core/canonical/canonical.ts';
import type { Digest } from '../../core/image/digest.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Shard } from '../ports/intelligence.ts';
import type { FeedRecord, Gathering, Line } from './gathering.ts';
import { mergeHeld } from './merge-held.ts';
import { revisionOf } from './revision.ts';
import { someAtATime } from './some-at-a-time.ts';
import {
  bucketBytes,
  distinct,
  type Entry,
  type IndexEntry,
  indexEntry,
  isNewest,
  storeBuckets,
  type Stored,
  TOGETHER,
} from './store-buckets.ts';

type Index = Record<string, IndexEntry>;

export async function storeMerged(
  held: Feed,
  gathering: Gathering,
  evidence: EvidenceStore,
  indexed: boolean,
): Promise<Stored> {
  if (held.kind === 'cve') return await storeTouched(held, gathering, gathering.buckets, evidence);
  if (held.index !== undefined) return await storeAdvisories(held, held.index, gathering, evidence);
  await mergeHeld(held, gathering, evidence);
  return await storeBuckets(gathering, evidence, indexed);
}

/** The older version of what was gathered leaves its buckets; an older one that was gathered goes nowhere. */
async function storeAdvisories(
  held: Feed,
  heldIndex: NonNullable<Feed['index']>,
  gathering: Gathering,
  evidence: EvidenceStore,
): Promise<Stored> {
  const index = new Map<string, Index>();
  const touched = new Set(gathering.buckets);
  const changed = new Map(gathering.changed);
  let added = 0;
  for (const id of gathering.changed.keys()) {
    const name = shardOf(id);
    const shard = index.get(name) ?? (await indexShard(heldIndex[name], held.id, evidence));
    index.set(name, shard);
    const entry = Object.hasOwn(shard, id) ? shard[id] : undefined;
    if (entry === undefined) added += 1;
    const [modified = '', ...buckets] = entry ?? [];
    if (modified > (changed.get(id) ?? '')) changed.set(id, modified);
    for (const bucket of buckets) touched.add(bucket);
  }

  const placed = new Map<string, Set<string>>();
  const merging = { kind: held.kind, whole: null, changed, lines: gathering.lines };
  const { shards } = await storeTouched(held, merging, touched, evidence, (id, bucket) => {
    if (!gathering.changed.has(id)) return;
    placed.set(id, (placed.get(id) ?? new Set()).add(bucket));
  });
  for (const [id, buckets] of placed) {
    const shard = index.get(shardOf(id));
    if (shard !== undefined) shard[id] = indexEntry(changed.get(id) ?? '', buckets);
  }
  const stored = await someAtATime(index, TOGETHER, async ([name, shard]) => {
    return [name, await evidence.put(canonicalBytes(shard))] as const;
  });
  return { shards, count: held.count + added, index: { ...heldIndex, ...Object.fromEntries(stored) } };
}

async function storeTouched(
  held: Feed,
  gathering: Pick<Gathering, 'kind' | 'whole' | 'changed' | 'lines'>,
  touched: ReadonlySet<string>,
  evidence: EvidenceStore,
  onPlaced: (id: string, bucket: string) => void = () => undefined,
): Promise<Stored> {
  const shards: Record<string, Digest> = { ...held.shards };
  let count = held.count;
  for (const [name, keys] of Map.groupBy(touched, shardOf)) {
    const before = held.shards[name];
    const shard: Record<string, Digest> =
      before === undefined ? {} : { ...(await readShard(before, held.id, evidence)) };
    const lines = Map.groupBy(await gathering.lines(name), ({ bucket }) => bucket);
    await someAtATime(keys, TOGETHER, async (bucket) => {
      const old = Object.hasOwn(shard, bucket) ? await readBucket(shard[bucket], bucket, held, evidence) : [];
      const records = merge(gathering, lines.get(bucket) ?? [], old);
      for (const { id } of records) onPlaced(id, bucket);
      count += records.length - old.length;
      Reflect.deleteProperty(shard, bucket);
      if (records.length > 0) shard[bucket] = await evidence.put(bucketBytes(records));
    });
    Reflect.deleteProperty(shards, name);
    if (Object.keys(shard).length > 0) shards[name] = await evidence.put(canonicalBytes(shard));
  }
  return { shards, count };
}

/** What was gathered counts before what is held, where both are of one date. */
function merge(
  { kind, whole, changed }: Pick<Gathering, 'kind' | 'whole' | 'changed'>,
  gathered: readonly Line[],
  old: readonly Line[],
): readonly Entry[] {
  const lines = [...gathered, ...old];
  const newest = new Map<string, string>();
  for (const { id, revision } of lines) {
    const known = newest.get(id) ?? changed.get(id) ?? '';
    newest.set(id, revision !== null && revision > known ? revision : known);
  }
  return distinct({ kind, whole }, lines.filter(isNewest(newest)));
}

async function indexShard(digest: Digest | undefined, id: string, evidence: EvidenceStore): Promise<Index> {
  return digest === undefined ? {} : await readDocument<Index>(evidence, digest, `the index of feed ${id}`);
}

async function readShard(digest: Digest, id: string, evidence: EvidenceStore): Promise<Shard> {
  return await readDocument<Shard>(evidence, digest, `a shard of feed ${id}`);
}

async function readBucket(
  digest: Digest | undefined,
  bucket: string,
  { id, kind }: Feed,
  evidence: EvidenceStore,
): Promise<readonly Line[]> {
  if (digest === undefined) return [];
  const records = await readDocument<readonly FeedRecord[]>(evidence, digest, `bucket ${bucket} of feed ${id}`);
  return records.map((record) => {
    return { bucket, id: record.id, revision: revisionOf(kind, record), text: canonicalText(record) };
  });
}
