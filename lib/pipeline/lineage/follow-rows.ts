/** Follows the rows by which things are found, from one kind of thing to the next. */
import { type Digest, hexOf, parseDigest } from '../../core/image/digest.ts';
import type { Placement } from '../../core/image/placement.ts';
import { placementSchema } from '../../core/image/schemas.ts';
import { digestPartition } from '../../core/register/keys.ts';
import type { Query, RegisterStore, StoredItem } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';

export type Rows = Omit<Query, 'after'>;

/** Queries under way at the same time. */
const AT_ONCE = 16;

/** Where images stand. */
export async function* placementsOf(images: Iterable<Digest>, register: RegisterStore): AsyncGenerator<Placement> {
  const queries = [...images].map((image) => ({
    pk: digestPartition(hexOf(image)),
    beginsWith: `${hexOf(image)}#`,
  }));
  for await (const { body } of rowsOf(queries, register)) yield placementSchema.parse(body['placement']);
}

/** The digests that rows lead to: what stands last in their sort keys. */
export async function digestsIn(queries: readonly Rows[], register: RegisterStore): Promise<ReadonlySet<Digest>> {
  const digests = new Set<Digest>();
  for await (const { sk } of rowsOf(queries, register)) digests.add(parseDigest(sk.slice(sk.lastIndexOf('#') + 1)));
  return digests;
}

/** Of several queries, each whole, in their order. */
export async function* rowsOf(queries: readonly Rows[], register: RegisterStore): AsyncGenerator<StoredItem> {
  for (let start = 0; start < queries.length; start += AT_ONCE) {
    const some = queries.slice(start, start + AT_ONCE);
    for (const items of await Promise.all(some.map((query) => readAll(register, query)))) yield* items;
  }
}
