/**
 * What a registry tells of itself, in Cavendish's words. Events are told at least once, in any order,
 * and some never: whoever acts on one asks the registry what is true (registry-listing.ts).
 */
import type { Digest } from '../../core/image/digest.ts';
import type { Repository } from './registry-listing.ts';

interface OfImage {
  /** The same event told twice has the same id. */
  readonly id: string;
  /** When it happened (ISO 8601, UTC). */
  readonly at: string;
  readonly repository: Repository;
  readonly digest: Digest;
  readonly tag: string | null;
}

export type RegistryEvent =
  | (OfImage & {
      readonly kind: 'pushed';
      readonly how: 'push' | 'restore' | 'replication' | 'pull-through';
      /** Of an artifact that is no image; null where the event does not say. */
      readonly artifactType: string | null;
    })
  | (OfImage & { readonly kind: 'gone'; readonly how: 'deleted' | 'archived' })
  | (OfImage & { readonly kind: 'scanned' })
  /** Nothing that Cavendish acts on, and why. */
  | { readonly kind: 'ignored'; readonly id: string; readonly why: string };
