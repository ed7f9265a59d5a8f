/** Exceptions as the commits that grant and end them leave them in a register. */
import { canonicalBytes } from '../../lib/core/canonical/canonical.ts';
import type { CoversRow } from '../../lib/core/exceptions/covers-row.ts';
import type { Exception, Grant } from '../../lib/core/exceptions/exception.ts';
import type { Digest } from '../../lib/core/image/digest.ts';
import { coversKey, exceptionKey } from '../../lib/core/register/exception-keys.ts';
import { planEntry } from '../../lib/pipeline/judge-again/plan-entry.ts';
import type { EvidenceStore } from '../../lib/pipeline/ports/evidence-store.ts';
import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import { replace } from '../../lib/pipeline/record-assessment/current-items.ts';

interface Stores {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
}

/** @returns the digest of the grant */
export async function grantIn(grant: Grant, { register, evidence }: Stores): Promise<Digest> {
  const { id, terms, requester, approver, at } = grant;
  const hash = await evidence.put(canonicalBytes(grant));
  const exception: Exception = {
    ...{ id, terms, requester, requestedAt: at, state: 'granted', approver, decidedAt: at, grant: hash },
    ...{ renews: null, review: terms.review, withdrawnControls: [], ended: null },
  };
  const { images, stages } = terms.scope;
  const row: CoversRow = { id, grant: hash, images, stages, from: at, expiry: terms.expiry.at, endedAt: null };
  await register.commit({
    puts: [
      { item: { ...exceptionKey(id), body: { ...exception } }, when: 'absent' },
      { item: { ...coversKey(images, id, 1), body: { ...row } }, when: 'absent' },
    ],
    outbox: [planEntry({ kind: 'exception', at, exception: id, change: 'granted' })],
  });
  return hash;
}

/** Ends it at an instant. */
export async function endIn({ id, terms }: Grant, at: string, { register }: Pick<Stores, 'register'>): Promise<void> {
  const key = coversKey(terms.scope.images, id, 1);
  const stored = await register.get(key);
  await register.commit({
    puts: [replace(stored, { ...key, body: { ...stored?.body, endedAt: at } })],
    outbox: [planEntry({ kind: 'exception', at, exception: id, change: 'ended' })],
  });
}
