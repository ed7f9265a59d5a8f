/**
 * Stores what was gathered for a feed: buckets, and the shards that name them.
 *
 * Of a record that was gathered in several versions, the newest counts, in every bucket: one that
 * no longer names a package leaves that package's bucket. Copies of the same version are joined.
 */
import type { Feed } from '../../core/advisories/feed.ts';
import type { OsvRecord } from '../../core/advisories/records.ts';
import { canonicalBytes } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import { joinRecords } from '../../core/matching/join-records.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Gathering, Line } from './gathering.ts';
import { revisionOf } from './revision.ts';

type Stored = Pick<Feed, 'shards' | 'count'>;

const SHARDS = Array.from({ length: 256 }, (_, shard) => shard.toString(16).padStart(2, '0'));

/** Shards that are in memory and on their way to the store together. */
const TOGETHER = 8;

/** @throws CavendishError `bad-input` where a whole lists a vulnerability twice, `storage-full` */
export async function storeBuckets(gathering: Gathering, evidence: EvidenceStore): Promise<Stored> {
  const shards: Record<string, Digest> = {};
  let count = 0;
  for (let at = 0; at < SHARDS.length; at += TOGETHER) {
    const names = SHARDS.slice(at, at + TOGETHER);
    const stored = await Promise.all(names.map((name) => storeShard(name, gathering, evidence)));
    for (const [place, shard] of stored.entries()) {
      if (shard === null) continue;
      shards[names[place] ?? ''] = shard.digest;
      count += shard.count;
    }
  }
  // An advisory lies in the bucket of each package that it names.
  return { shards, count: gathering.whole === null ? gathering.changed.size : count };
}

async function storeShard(
  name: string,
  gathering: Gathering,
  evidence: EvidenceStore,
): Promise<{ readonly digest: Digest; readonly count: number } | null> {
  const lines = (await gathering.lines(name)).filter(isNewest(gathering));
  if (lines.length === 0) return null;
  let count = 0;
  const stored = [...Map.groupBy(lines, ({ bucket }) => bucket)].map(async ([bucket, held]) => {
    const records = distinct(gathering, held);
    count += records.length;
    return [bucket, await evidence.put(canonicalBytes(records))] as const;
  });
  const shard = Object.fromEntries(await Promise.all(stored));
  return { digest: await evidence.put(canonicalBytes(shard)), count };
}

function isNewest({ kind, changed }: Gathering): (line: Line) => boolean {
  return ({ record }) => {
    const revision = revisionOf(kind, record);
    return revision === null || revision === changed.get(record.id);
  };
}

/** One of each, in the order of their identifiers. */
function distinct({ kind, whole }: Gathering, lines: readonly Line[]): readonly Line['record'][] {
  const records = lines.map(({ record }) => record);
  if (kind === 'advisories') return joinRecords([records as readonly OsvRecord[]]);

  const byId = new Map<string, Line['record']>();
  for (const record of records) {
    if (whole !== null && byId.has(record.id)) {
      throw new CavendishError('bad-input', `${whole} lists ${record.id} twice`);
    }
    // What was imported was gathered before what was held.
    if (!byId.has(record.id)) byId.set(record.id, record);
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
