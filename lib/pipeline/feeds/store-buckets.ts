/**
 * Stores what was gathered for a feed: buckets, and the shards that name them.
 *
 * Of a record that was gathered in several versions, the newest counts, in every bucket: one that
 * no longer names a package leaves that package's bucket. Copies of the same version are joined.
 */
import type { Feed } from '../../core/advisories/feed.ts';
import type { OsvRecord } from '../../core/advisories/records.ts';
import { canonicalBytes, canonicalText } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import { joinRecords } from '../../core/matching/join-records.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Gathering, Line } from './gathering.ts';
import { someAtATime } from './some-at-a-time.ts';

export type Stored = Pick<Feed, 'shards' | 'count' | 'index'>;

const SHARDS = Array.from({ length: 256 }, (_, shard) => shard.toString(16).padStart(2, '0'));

/** Buckets that are on their way to the store together. */
export const TOGETHER = 16;

/**
 * @param indexed - advisories get an index of their records: see `Feed.index`
 * @throws CavendishError `bad-input` where a whole lists a vulnerability twice, `storage-full`
 */
export async function storeBuckets(gathering: Gathering, evidence: EvidenceStore, indexed: boolean): Promise<Stored> {
  const shards: Record<string, Digest> = {};
  let count = 0;
  for (const name of SHARDS) {
    const stored = await storeShard(name, gathering, evidence, indexed && gathering.kind === 'advisories');
    if (stored === null) continue;
    shards[name] = stored.digest;
    count += stored.count;
  }
  // An advisory lies in the bucket of each package that it names.
  count = gathering.whole === null ? gathering.changed.size : count;
  if (!indexed || gathering.kind !== 'advisories') return { shards, count };
  return { shards, count, index: await storeIndex(gathering, evidence) };
}

async function storeShard(
  name: string,
  gathering: Gathering,
  evidence: EvidenceStore,
  indexed: boolean,
): Promise<{ readonly digest: Digest; readonly count: number } | null> {
  const lines = (await gathering.lines(name)).filter(isNewest(gathering.changed));
  if (lines.length === 0) return null;
  let count = 0;
  const stored = await someAtATime(
    Map.groupBy(lines, ({ bucket }) => bucket),
    TOGETHER,
    async ([bucket, held]) => {
      const records = distinct(gathering, held);
      count += records.length;
      if (indexed) for (const { id } of records) await gathering.place(id, bucket);
      return [bucket, await evidence.put(bucketBytes(records))] as const;
    },
  );
  return { digest: await evidence.put(canonicalBytes(Object.fromEntries(stored))), count };
}

async function storeIndex({ places, changed }: Gathering, evidence: EvidenceStore): Promise<Record<string, Digest>> {
  const index: Record<string, Digest> = {};
  for (const name of SHARDS) {
    const byId = Map.groupBy(await places(name), ([id]) => id);
    if (byId.size === 0) continue;
    const entries = [...byId].map(([id, placed]) => {
      return [
        id,
        indexEntry(
          changed.get(id) ?? '',
          placed.map(([, bucket]) => bucket),
        ),
      ] as const;
    });
    index[name] = await evidence.put(canonicalBytes(Object.fromEntries(entries)));
  }
  return index;
}

/** Of `Feed.index`. */
export type IndexEntry = readonly [modified: string, ...buckets: string[]];

export function indexEntry(modified: string, buckets: Iterable<string>): IndexEntry {
  return [modified, ...[...new Set(buckets)].sort()];
}

export function isNewest(changed: ReadonlyMap<string, string>): (line: Line) => boolean {
  return ({ id, revision }) => revision === null || revision === changed.get(id);
}

/** A record as it stands in a bucket. */
export type Entry = Pick<Line, 'id' | 'text'>;

export function bucketBytes(entries: readonly Entry[]): Uint8Array {
  return new TextEncoder().encode(`[${entries.map(({ text }) => text).join(',')}]`);
}

/** One of each, in the order of their identifiers. */
export function distinct({ kind, whole }: Pick<Gathering, 'kind' | 'whole'>, lines: readonly Line[]): readonly Entry[] {
  const byId = new Map<string, Entry>();
  const copies = new Map<string, Set<string>>();
  for (const { id, text } of lines) {
    const other = byId.get(id);
    if (other !== undefined && whole !== null) throw new CavendishError('bad-input', `${whole} lists ${id} twice`);
    // What was imported was gathered before what was held.
    if (other === undefined) byId.set(id, { id, text });
    else if (kind === 'advisories' && other.text !== text)
      copies.set(id, (copies.get(id) ?? new Set([other.text])).add(text));
  }
  for (const [id, texts] of copies) {
    const [joined] = joinRecords([[...texts].map((text) => JSON.parse(text) as OsvRecord)]);
    byId.set(id, { id, text: canonicalText(joined) });
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
