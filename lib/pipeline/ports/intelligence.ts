/** The feeds that are held, and their buckets. */
import type { HeldFeed } from '../../core/advisories/feed.ts';
import type { Digest } from '../../core/image/digest.ts';

export interface Bucket {
  readonly hash: Digest;
  /** Records, in the order of their identifiers; parsed by the reader of its kind. */
  readonly records: readonly unknown[];
}

export interface Intelligence {
  /** Feeds that are held now, in the order of their id. */
  feeds(): Promise<readonly HeldFeed[]>;
  /** A bucket of a feed's version; null where the feed holds none by that key. */
  bucket(held: HeldFeed, key: string): Promise<Bucket | null>;
}
