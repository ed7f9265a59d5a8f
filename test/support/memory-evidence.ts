/** The evidence store as a map. */
import { digestOf } from '../../lib/core/canonical/canonical.ts';
import type { Digest } from '../../lib/core/image/digest.ts';
import type { EvidenceStore } from '../../lib/pipeline/ports/evidence-store.ts';

export interface MemoryEvidence extends EvidenceStore {
  readonly held: Map<Digest, Uint8Array>;
}

export function memoryEvidence(): MemoryEvidence {
  const held = new Map<Digest, Uint8Array>();
  return {
    held,
    async put(bytes) {
      const digest = digestOf(bytes);
      held.set(digest, bytes);
      return await Promise.resolve(digest);
    },
    async get(digest) {
      return await Promise.resolve(held.get(digest) ?? null);
    },
  };
}
