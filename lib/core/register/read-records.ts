/**
 * The records of the buckets that were read, joined over feeds.
 *
 * Rules: of an advisory or a CVE record that several feeds hold, the newest counts; of KEV and
 * EPSS the newest feed counts alone, since each of its versions is a whole.
 */
import { advisoryBucket, cveBucket, epssBucket, KEV_BUCKET } from '../advisories/bucket.ts';
import type { Feed, FeedKind, HeldFeed } from '../advisories/feed.ts';
import type { CveRecord, EpssRecord, KevRecord, OsvRecord } from '../advisories/records.ts';
import { joinRecords } from '../matching/join-records.ts';
import type { Package } from '../sbom/inventory.ts';
import type { ReadBucket } from './judged-evidence.ts';

/** What is known of a vulnerability besides its advisories; null where nothing is held. */
export interface Facts {
  readonly cve: CveRecord | null;
  readonly kev: KevRecord | null;
  readonly epss: (EpssRecord & { readonly modelVersion: string; readonly date: string }) | null;
}

export interface Records {
  readonly advisoriesOf: (pkg: Package) => readonly OsvRecord[];
  readonly factsOf: (vulnerability: string) => Facts;
}

/** Feeds of a kind, the newest first; the id settles a tie. */
export function feedsOfKind(feeds: readonly HeldFeed[], kind: FeedKind): readonly Feed[] {
  return feeds
    .map(({ feed }) => feed)
    .filter((feed) => feed.kind === kind)
    .sort((a, b) => compare(b.date, a.date) || compare(a.id, b.id));
}

export function recordsOf(feeds: readonly HeldFeed[], buckets: readonly ReadBucket[]): Records {
  const byKey = new Map(buckets.map((bucket) => [`${bucket.feed} ${bucket.key}`, bucket.records]));
  // A bucket's digest vouches for its shape: the reader of its kind wrote it.
  const read = <T>(feed: Feed, key: string): readonly T[] => (byKey.get(`${feed.id} ${key}`) ?? []) as readonly T[];
  const find = <T extends { readonly id: string }>(feed: Feed, key: string | null, id: string): T | null =>
    key === null ? null : (read<T>(feed, key).find((record) => record.id === id) ?? null);

  const advisories = feedsOfKind(feeds, 'advisories');
  const cves = feedsOfKind(feeds, 'cve');
  const [kev] = feedsOfKind(feeds, 'kev');
  const [epss] = feedsOfKind(feeds, 'epss');

  return {
    advisoriesOf(pkg) {
      if (pkg.ecosystem === null) return [];
      const key = advisoryBucket(pkg.ecosystem, pkg.source.name);
      return joinRecords(advisories.map((feed) => read<OsvRecord>(feed, key)));
    },
    factsOf(vulnerability) {
      const records = cves.flatMap((feed) => find<CveRecord>(feed, cveBucket(vulnerability), vulnerability) ?? []);
      const [cve] = records.sort((a, b) => compare(b.updated ?? '', a.updated ?? ''));
      const score = epss === undefined ? null : find<EpssRecord>(epss, epssBucket(vulnerability), vulnerability);
      return {
        cve: cve ?? null,
        kev: kev === undefined ? null : find<KevRecord>(kev, KEV_BUCKET, vulnerability),
        epss:
          score === null || epss === undefined
            ? null
            : { ...score, modelVersion: epss.modelVersion ?? 'unknown', date: epss.date },
      };
    },
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
