/**
 * Where evidence lies: SBOMs, advisory buckets, feeds, appetites, assessments, by content.
 *
 * Whatever is read is what was written: bytes that do not have their digest are never returned.
 */
import type { Digest } from '../../core/image/digest.ts';

export interface EvidenceStore {
  /** Stores bytes, once; durable when it returns. @throws CavendishError `storage-full` */
  put(bytes: Uint8Array): Promise<Digest>;
  /**
   * The bytes with that digest; null where they are not held.
   *
   * @throws CavendishError `integrity-failed` where what is held is altered
   */
  get(digest: Digest): Promise<Uint8Array | null>;
}
