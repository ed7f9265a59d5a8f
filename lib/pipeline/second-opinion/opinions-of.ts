/** The opinions by which a placement is judged: those that say something, read whole. */
import type { Digest } from '../../core/image/digest.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { HeldOpinion } from '../../core/opinions/merge-opinions.ts';
import type { Opinion } from '../../core/opinions/opinion.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readOpinionItems } from './opinion-items.ts';

/** In their order. */
export async function opinionDigests(placement: Placement, register: RegisterStore): Promise<readonly Digest[]> {
  const items = await readOpinionItems(placement, register);
  return items.flatMap(({ opinion }) => opinion ?? []).sort();
}

/** In the order of their digests. */
export async function opinionsOf(
  placement: Placement,
  { register, evidence }: { readonly register: RegisterStore; readonly evidence: EvidenceStore },
): Promise<readonly HeldOpinion[]> {
  const hashes = await opinionDigests(placement, register);
  return await Promise.all(hashes.map((hash) => readOpinion(hash, evidence)));
}

/** @throws CavendishError `not-found`, `integrity-failed` */
export async function readOpinion(hash: Digest, evidence: EvidenceStore): Promise<HeldOpinion> {
  return { hash, opinion: await readDocument<Opinion>(evidence, hash, 'second opinion') };
}
