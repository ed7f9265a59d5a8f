/** The images that people called bases: those that were added, and those that were ever approved. */
import { madeAt } from '../../core/image/made.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import type { Approval } from '../../core/lineage/approval.ts';
import type { ImageFacts } from '../../core/lineage/image-facts.ts';
import { BASES_PARTITION } from '../../core/register/index-keys.ts';
import { orderOf } from '../../core/versions/version.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { type Family, readFamily } from './read-family.ts';

export interface KnownBase {
  readonly facts: ImageFacts;
  /** What people call it, given names first. */
  readonly names: readonly string[];
  /** What it is approved for, be that past or to come; null where it is not. */
  readonly approval: Approval | null;
}

/** In the order of their names, of one name the newest first. */
export async function knownBases(
  register: RegisterStore,
  family: Family = readFamily(register),
): Promise<readonly KnownBase[]> {
  const items = await readAll(register, { pk: BASES_PARTITION });
  const found = await Promise.all(
    items.map(async ({ sk }) => {
      const image = digestSchema.parse(sk);
      const [facts, names, approval] = await Promise.all([
        family.facts(image),
        family.names(image),
        family.approval(image),
      ]);
      return facts === null ? [] : [{ facts, names: [...new Set(names.map(({ shown }) => shown))], approval }];
    }),
  );
  return found.flat().sort((a, b) => orderOf(a.names.join(), b.names.join()) || dateOf(b.facts) - dateOf(a.facts));
}

function dateOf({ created, firstSeen }: ImageFacts): number {
  return madeAt(created) ?? Date.parse(firstSeen);
}
