/** Evidence that is read once and kept for a while: what many images rest on. */
import type { Digest } from '../../core/image/digest.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';

/** Bytes that are kept at most. */
const MOST_BYTES = 64 * 1024 * 1024;

export function rememberingEvidence(evidence: EvidenceStore): EvidenceStore {
  const kept = new Map<Digest, Uint8Array>();
  let size = 0;
  return {
    put: (bytes) => evidence.put(bytes),
    async get(digest) {
      const known = kept.get(digest);
      if (known !== undefined) return known;
      const bytes = await evidence.get(digest);
      if (bytes === null) return null;
      if (!kept.has(digest)) {
        kept.set(digest, bytes);
        size += bytes.length;
      }
      for (const [oldest, held] of kept) {
        if (size <= MOST_BYTES) break;
        kept.delete(oldest);
        size -= held.length;
      }
      return bytes;
    },
  };
}
