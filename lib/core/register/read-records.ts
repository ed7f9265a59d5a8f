/**
 * The records of the buckets that were read, joined over feeds.
 *
 * Rules: of an advisory or a CVE record that several feeds hold, the newest counts. Of KEV the newest
 * feed counts alone, since each of its versions is a whole and an entry may be taken back. Of EPSS the
 * newest feed that has a figure for the CVE: a trimmed feed must not hide a whole one.
 */
import { advisoryBuckets, cveBucket, epssBucket, KEV_BUCKET } from '../advisories/bucket.ts';
import type { Feed, FeedKind, HeldFeed } from '../advisories/feed.ts';
import type { CveRecord, EpssRecord, KevRecord, OsvRecord } from '../advisories/records.ts';
import type { Subject } from '../matching/evaluate-record.ts';
import { joinRecords } from '../matching/join-records.ts';
import { orderOf } from '../versions/version.ts';
import type { ReadBucket } from './judged-evidence.ts';

/** What is known of a vulnerability besides its advisories; null where nothing is held. */
export interface Facts {
  readonly cve: CveRecord | null;
  readonly kev: KevRecord | null;
  readonly epss: (EpssRecord & { readonly modelVersion: string; readonly date: string }) | null;
}

export interface Records {
  readonly advisoriesOf: (subject: Pick<Subject, 'ecosystem' | 'name'>) => readonly OsvRecord[];
  readonly factsOf: (vulnerability: string) => Facts;
}

interface RecordOf {
  readonly advisories: OsvRecord;
  readonly cve: CveRecord;
  readonly kev: KevRecord;
  readonly epss: EpssRecord;
}

type FeedOf<K extends FeedKind> = Feed & { readonly kind: K };

/** Feeds of a kind, the newest first; the id settles a tie. */
export function feedsOfKind<K extends FeedKind>(feeds: readonly HeldFeed[], kind: K): readonly FeedOf<K>[] {
  return feeds
    .map(({ feed }) => feed)
    .filter((feed): feed is FeedOf<K> => feed.kind === kind)
    .sort((a, b) => orderOf(b.date, a.date) || orderOf(a.id, b.id));
}

export function recordsOf(feeds: readonly HeldFeed[], buckets: readonly ReadBucket[]): Records {
  const { recordsIn, find } = openBuckets(buckets);
  const advisories = feedsOfKind(feeds, 'advisories');
  const cves = feedsOfKind(feeds, 'cve');
  const [kev] = feedsOfKind(feeds, 'kev');
  const scores = feedsOfKind(feeds, 'epss');

  function cveOf(id: string): CveRecord | null {
    const held = cves.flatMap((feed) => find(feed, cveBucket(id), id) ?? []);
    const [newest = null] = held.sort((a, b) => orderOf(b.updated ?? '', a.updated ?? ''));
    return newest;
  }

  function epssOf(id: string): Facts['epss'] {
    for (const feed of scores) {
      const score = find(feed, epssBucket(id), id);
      if (score !== undefined) return { ...score, modelVersion: feed.modelVersion ?? 'unknown', date: feed.date };
    }
    return null;
  }

  return {
    advisoriesOf({ ecosystem, name }) {
      const keys = advisoryBuckets(ecosystem, name);
      return joinRecords(advisories.flatMap((feed) => keys.map((key) => recordsIn(feed, key))));
    },
    factsOf: (id) => ({
      cve: cveOf(id),
      kev: (kev && find(kev, KEV_BUCKET, id)) ?? null,
      epss: epssOf(id),
    }),
  };
}

function openBuckets(buckets: readonly ReadBucket[]) {
  const nameOf = (feed: string, key: string): string => JSON.stringify([feed, key]);
  const held = new Map(buckets.map(({ feed, key, records }) => [nameOf(feed, key), records]));
  const indexes = new Map<string, ReadonlyMap<string, unknown>>();

  function recordsIn<K extends FeedKind>({ id }: FeedOf<K>, key: string): readonly RecordOf[K][] {
    // A bucket's digest vouches for its shape: the reader of its kind wrote it.
    return (held.get(nameOf(id, key)) ?? []) as readonly RecordOf[K][];
  }

  /** Each bucket is indexed once, when it is first asked: an image asks for thousands of identifiers. */
  function find<K extends FeedKind>(feed: FeedOf<K>, key: string | null, id: string): RecordOf[K] | undefined {
    if (key === null) return undefined;
    const name = nameOf(feed.id, key);
    const index = indexes.get(name) ?? new Map(recordsIn(feed, key).map((record) => [record.id, record]));
    indexes.set(name, index);
    return index.get(id) as RecordOf[K] | undefined;
  }

  return { recordsIn, find };
}
