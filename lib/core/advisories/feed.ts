/**
 * A feed: a dated, hashed copy of outside intelligence that declares what it is complete for.
 *
 * "No advisory" means "not affected" only where a feed answers for the package. What no feed
 * answers for is a gap, never a clean bill.
 */
import type { Digest } from '../image/digest.ts';
import { releaseOf, spellingOf } from './bucket.ts';

export const FEED_KINDS = ['advisories', 'cve', 'kev', 'epss'] as const;

/** OSV advisories, CVE records, CISA's Known Exploited Vulnerabilities, FIRST's EPSS scores. */
export type FeedKind = (typeof FEED_KINDS)[number];

/** A feed answers for all packages of an OSV ecosystem (with its release: `Debian:12`), or for those named. */
export interface Completeness {
  readonly ecosystem: string;
  /** `all`, or the names of (source) packages in order. */
  readonly packages: 'all' | readonly string[];
}

/** The manifest of a feed: canonical JSON in the evidence store; its digest is the feed's version. */
export interface Feed {
  readonly schemaVersion: 1;
  /** Which feed it is, from one version to the next: `sample-advisories`, `kev`, `osv-debian`. */
  readonly id: string;
  readonly kind: FeedKind;
  /** The instant the feed speaks of (ISO 8601, UTC): what it declares, else its newest record. */
  readonly date: string;
  /** Number of records. */
  readonly count: number;
  readonly completeFor: readonly Completeness[];
  /** Where it came from, for people: a file name, an address. */
  readonly source: string;
  /** EPSS: the version of the model that made the scores (`v5`, `v2025.03.14`); null otherwise. */
  readonly modelVersion: string | null;
  /** Bucket shard (see bucket.ts) → digest of the shard: canonical JSON of bucket key → digest of the bucket. */
  readonly shards: Readonly<Record<string, Digest>>;
  /**
   * Of advisories that are merged: shard of a record's id → digest of canonical JSON of id → `[modified, …bucket keys]`,
   * so that a few records that changed are taken in without reading all. Left out in feeds that were made without.
   */
  readonly index?: Readonly<Record<string, Digest>>;
}

/** A feed that is held, and its version. */
export interface HeldFeed {
  readonly feed: Feed;
  /** The digest of the manifest's canonical bytes. */
  readonly hash: Digest;
}

/** True where a held feed answers for this package of this ecosystem. */
export function answersFor(feed: Feed, ecosystem: string, name: string): boolean {
  const release = releaseOf(ecosystem);
  return feed.completeFor.some(
    ({ ecosystem: claimed, packages }) =>
      releaseOf(claimed) === release &&
      (packages === 'all' || packages.some((one) => spellingOf(claimed, one) === spellingOf(ecosystem, name))),
  );
}
