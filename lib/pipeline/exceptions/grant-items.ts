/** The rows by which judgements find a grant, and by which its end is found in time. */
import { type CoversRow, readCoversRow } from '../../core/exceptions/covers-row.ts';
import type { Grant } from '../../core/exceptions/exception.ts';
import type { Digest } from '../../core/image/digest.ts';
import { coversKey, exceptionEndKey } from '../../core/register/exception-keys.ts';
import type { Item, Put, RegisterStore } from '../ports/register-store.ts';

/**
 * A grant that begins to count.
 *
 * @param revision - 1, and one more with each control that was withdrawn
 */
export function grantPut({ id, terms, at }: Grant, hash: Digest, revision: number): Put {
  const { scope, expiry } = terms;
  const body: CoversRow = {
    ...{ id, grant: hash, images: scope.images, stages: scope.stages },
    ...{ from: at, expiry: expiry.at, endedAt: null },
  };
  return { item: { ...coversKey(scope.images, id, revision), body: { ...body } }, when: 'absent' };
}

/** Never changes: when the end comes, who finds it looks whether the exception still holds. */
export function endRow({ id, terms: { expiry } }: Pick<Grant, 'id' | 'terms'>): Item {
  return { ...exceptionEndKey(expiry.at, id), body: { exception: id } };
}

/** A grant that no longer counts, from an instant on. */
export async function endedPuts(
  { id, terms: { scope } }: Pick<Grant, 'id'> & { readonly terms: Pick<Grant['terms'], 'scope'> },
  revision: number,
  at: string,
  register: RegisterStore,
): Promise<readonly Put[]> {
  const key = coversKey(scope.images, id, revision);
  const stored = await register.get(key);
  if (stored === null) return [];
  const row: CoversRow = { ...readCoversRow(stored), endedAt: at };
  return [{ item: { ...key, body: { ...row } }, when: { version: stored.version } }];
}
