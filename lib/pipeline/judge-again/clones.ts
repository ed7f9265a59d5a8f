/**
 * The images whose lineage an image is in: itself, its clones, and the clones of the other builds of its
 * names, for whom a newer build is what they should move to.
 */
import { type Digest, parseDigest } from '../../core/image/digest.ts';
import { readFacts } from '../../core/lineage/image-facts.ts';
import {
  chainPartition,
  factsKey,
  IMAGE_NAME_PREFIX,
  imageNamesPartition,
  namePartition,
} from '../../core/register/index-keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';

export async function clonesOf(image: Digest, register: RegisterStore): Promise<ReadonlySet<Digest>> {
  const builds = new Set([image]);
  for (const { sk } of await readAll(register, { pk: imageNamesPartition(image), beginsWith: IMAGE_NAME_PREFIX })) {
    const name = sk.slice(IMAGE_NAME_PREFIX.length);
    for (const build of await digestsUnder(namePartition(name), register)) builds.add(build);
  }
  const clones = new Set(builds);
  for (const build of builds) {
    const chain = readFacts(await register.get(factsKey(build)))?.chain ?? null;
    if (chain === null) continue;
    for (const clone of await digestsUnder(chainPartition(chain), register)) clones.add(clone);
  }
  return clones;
}

/** Their sort keys end in the digest of an image. */
async function digestsUnder(pk: string, register: RegisterStore): Promise<readonly Digest[]> {
  const rows = await readAll(register, { pk });
  return rows.map(({ sk }) => parseDigest(sk.slice(sk.lastIndexOf('#') + 1)));
}
