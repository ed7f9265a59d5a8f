import { CavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';

/**
 * Reads a JSON document of evidence. Its digest vouches for its shape: it was written by Cavendish.
 *
 * @param what - the word for it in an error: `SBOM`, `appetite`
 * @throws CavendishError `not-found` where it is not held, `integrity-failed` where it is altered
 */
export async function readDocument<T>(evidence: EvidenceStore, digest: Digest, what: string): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await readEvidence(evidence, digest, what))) as T;
}

/** The bytes of a piece of evidence, or an error that names it. */
export async function readEvidence(evidence: EvidenceStore, digest: Digest, what: string): Promise<Uint8Array> {
  try {
    const bytes = await evidence.get(digest);
    if (bytes !== null) return bytes;
  } catch (error) {
    if (!(error instanceof CavendishError) || error.code !== 'integrity-failed') throw error;
    throw new CavendishError('integrity-failed', `${what} ${digest} was altered since it was stored`, {
      next: 'Restore it from a backup of the data folder.',
      cause: error,
    });
  }
  throw new CavendishError('not-found', `${what} ${digest} is missing from the evidence store`, {
    next: 'Evidence that has expired or was removed can not be replayed; restore it from a backup.',
  });
}
