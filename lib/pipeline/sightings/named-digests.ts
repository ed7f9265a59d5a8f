/** What people and clusters call an image, as digests. */
import { type Digest, isDigest } from '../../core/image/digest.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { findPlacement } from '../read-board/find-placement.ts';

export interface NamedDigest {
  readonly digest: Digest;
  /** The reference; null where the name is a digest and nothing else. */
  readonly image: string | null;
}

/** What Kubernetes puts before an image that Docker runs. */
const PULLABLE = 'docker-pullable://';

/**
 * A name with a digest needs no look-up: it may stand in a registry that is not watched.
 *
 * @throws CavendishError `not-found` where a name without a digest is not on the board
 */
export async function namedDigests(name: string, register: RegisterStore): Promise<readonly NamedDigest[]> {
  const reference = name.startsWith(PULLABLE) ? name.slice(PULLABLE.length) : name;
  if (isDigest(reference)) return [{ digest: reference, image: null }];
  const digest = reference.slice(reference.lastIndexOf('@') + 1);
  if (isDigest(digest)) return [{ digest, image: reference }];
  const found = await findPlacement(reference, register);
  return [...new Set(found.map(({ placement }) => placement.digest))].map((one) => ({ digest: one, image: reference }));
}
