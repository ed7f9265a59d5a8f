/** The feeds that are held, and their buckets. */
import type { HeldFeed } from '../../core/advisories/feed.ts';
import type { Digest } from '../../core/image/digest.ts';

export interface Bucket {
  readonly hash: Digest;
  /** Records, in the order of their identifiers; parsed by the reader of its kind. */
  readonly records: readonly unknown[];
}

/** Bucket key → digest of the bucket. */
export type Shard = Readonly<Record<string, Digest>>;

export interface Intelligence {
  /** Feeds that are held now, in the order of their id. */
  feeds(): Promise<readonly HeldFeed[]>;
  /** A bucket of a feed's version; null where the feed holds none by that key. */
  bucket(held: HeldFeed, key: string): Promise<Bucket | null>;
}

/** The same, for those who ask what has changed: any version that was ever held. */
export interface Versions extends Intelligence {
  /** A version of a feed. @throws CavendishError `not-found` where it is not kept */
  version(hash: Digest): Promise<HeldFeed>;
  /** The buckets of a shard of a version; none where it has no such shard. */
  shard(held: HeldFeed, name: string): Promise<Shard>;
  /** The records of a bucket by its digest. @throws CavendishError `not-found` where it is not kept */
  records(hash: Digest): Promise<readonly unknown[]>;
}
