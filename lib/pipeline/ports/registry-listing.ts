/**
 * What a registry says that it holds: the truth that events only announce.
 */
import type { Digest } from '../../core/image/digest.ts';
import type { Placement } from '../../core/image/placement.ts';

/** A repository, by the same names as a placement's. */
export type Repository = Omit<Placement, 'digest'>;

export interface ListedImage {
  readonly digest: Digest;
  readonly tags: readonly string[];
  /** ISO 8601, UTC. */
  readonly pushedAt: string;
  /** Of the manifest; null where the registry does not say. */
  readonly mediaType: string | null;
  /** Moved to a storage class from which it can't be pulled. */
  readonly archived: boolean;
}

export interface RegistryListing {
  /** Repositories that are watched. @throws CavendishError `unavailable` */
  repositories(): AsyncIterable<Repository>;
  /** What a repository holds; nothing where it is gone. @throws CavendishError `unavailable` */
  images(repository: Repository): AsyncIterable<ListedImage>;
  /** One image; null where it is not there. @throws CavendishError `unavailable` */
  find(placement: Placement): Promise<ListedImage | null>;
}
