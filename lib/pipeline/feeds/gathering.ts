/**
 * What an import has gathered for one feed, before any of it is stored.
 */
import { shardOf } from '../../core/advisories/bucket.ts';
import type { FeedKind } from '../../core/advisories/feed.ts';
import type { CveRecord, EpssRecord, KevRecord, OsvRecord } from '../../core/advisories/records.ts';
import { canonicalText } from '../../core/canonical/canonical.ts';
import type { Scratch } from '../ports/feed-source.ts';

export type FeedRecord = OsvRecord | CveRecord | KevRecord | EpssRecord;

/** A record on its way into a bucket, as text: a bucket may have so many that as objects they would fill the memory. */
export interface Line {
  readonly bucket: string;
  readonly id: string;
  /** See {@link revisionOf}. */
  readonly revision: string | null;
  /** Canonical JSON of the record. */
  readonly text: string;
}

export type Place = readonly [id: string, bucket: string];

export interface Gathering {
  readonly id: string;
  readonly kind: FeedKind;
  /** Where a whole (KEV, EPSS) came from; null for what is made of many records. */
  readonly whole: string | null;
  /** The date that it declares; null where it declares none. */
  readonly declared: string | null;
  readonly modelVersion: string | null;
  /** When the newest record that was added was published or changed; empty where none says. */
  readonly newest: string;
  /** OSV ecosystems that the records name. */
  readonly ecosystems: ReadonlySet<string>;
  /** When a record that may come in several versions was last changed, by its id; see {@link revisionOf}. */
  readonly changed: ReadonlyMap<string, string>;
  /** The keys of the buckets that its lines are of. */
  readonly buckets: ReadonlySet<string>;
  /**
   * @param changed - the version of the record; null where there is only one
   * @param named - OSV ecosystems that it names
   */
  add(
    line: { readonly bucket: string; readonly record: FeedRecord },
    changed: string | null,
    named?: readonly string[],
  ): Promise<void>;
  /** The lines of a shard, in the order in which they were added. */
  lines(shard: string): Promise<readonly Line[]>;
  /** Remembers that a record lies in a bucket. */
  place(id: string, bucket: string): Promise<void>;
  /** What was remembered so of the records whose ids are of a shard. */
  places(shard: string): Promise<readonly Place[]>;
}

interface Start {
  readonly id: string;
  readonly kind: FeedKind;
  readonly whole?: string;
  readonly declared?: string | null;
  readonly modelVersion?: string | null;
}

export function startGathering(start: Start, scratch: Scratch): Gathering {
  const { id, kind, whole = null, declared = null, modelVersion = null } = start;
  const ecosystems = new Set<string>();
  const changed = new Map<string, string>();
  const shards = new Map<string, string>();
  let newest = '';

  return {
    ...{ id, kind, whole, declared, modelVersion, ecosystems, changed },

    get buckets() {
      return new Set(shards.keys());
    },

    get newest() {
      return newest;
    },

    async add({ bucket, record }, revision, named = []) {
      const shard = shards.get(bucket) ?? shardOf(bucket);
      shards.set(bucket, shard);
      if (revision !== null && revision >= (changed.get(record.id) ?? '')) changed.set(record.id, revision);
      // Some databases leave the date of change empty (the year 1), and date the publication.
      const published = 'published' in record ? (record.published ?? '') : '';
      for (const date of [revision ?? '', published]) if (date > newest) newest = date;
      for (const ecosystem of named) ecosystems.add(ecosystem);
      // JSON has no tab of its own.
      await scratch.add(`${id}.${shard}`, `${JSON.stringify([bucket, record.id, revision])}\t${canonicalText(record)}`);
    },

    async lines(shard) {
      const texts = await scratch.lines(`${id}.${shard}`);
      return texts.map((text) => {
        const tab = text.indexOf('\t');
        const [bucket, record, revision] = JSON.parse(text.slice(0, tab)) as [string, string, string | null];
        return { bucket, id: record, revision, text: text.slice(tab + 1) };
      });
    },

    async place(record, bucket) {
      await scratch.add(`${id}.index-${shardOf(record)}`, JSON.stringify([record, bucket]));
    },

    async places(shard) {
      return (await scratch.lines(`${id}.index-${shard}`)).map((text) => JSON.parse(text) as Place);
    },
  };
}
