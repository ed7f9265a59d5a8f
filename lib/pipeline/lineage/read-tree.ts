/** The family of one image: its bases upwards, its clones downwards. */
import type { Digest } from '../../core/image/digest.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import type { ImageFacts } from '../../core/lineage/image-facts.ts';
import type { Current } from '../../core/register/current.ts';
import { chainPartition } from '../../core/register/index-keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { basesOf } from './bases-of.ts';
import { type Family, readFamily } from './read-family.ts';
import { standingOf } from './standing.ts';

/** Clones that are looked at: people read a tree of them, programs take the export. */
const MOST_CLONES = 1000;

export interface Member {
  readonly facts: ImageFacts;
  readonly names: readonly string[];
  /** Where it stands; none for a base that was added and never pushed. */
  readonly standing: readonly Current[];
}

export interface Tree extends Member {
  /** Its nearest clones, each with its own. */
  readonly clones: readonly Tree[];
}

export interface FamilyTree {
  /** The nearest first. */
  readonly bases: readonly Member[];
  readonly image: Tree;
  /** False where it has more clones than are looked at. */
  readonly complete: boolean;
}

export async function readTree(image: ImageFacts, register: RegisterStore): Promise<FamilyTree> {
  const family = readFamily(register);
  const describe = async (facts: ImageFacts): Promise<Member> => ({
    facts,
    names: await shownNames(facts.image, family),
    standing: await standingOf(facts.image, register),
  });
  const bases = await Promise.all((await basesOf(image, family)).map(describe));
  const { clones, complete } = await clonesOf(image, family, register);
  const below = new Map<Digest, Tree[]>();
  // Those with the most layers first: what is below an image is there when it is put below its own base.
  for (const { facts, base } of clones) {
    const tree = { ...(await describe(facts)), clones: below.get(facts.image) ?? [] };
    below.set(base, [...(below.get(base) ?? []), tree]);
  }
  return { bases, image: { ...(await describe(image)), clones: below.get(image.image) ?? [] }, complete };
}

export async function shownNames(image: Digest, family: Family): Promise<readonly string[]> {
  return [...new Set((await family.names(image)).map(({ shown }) => shown))];
}

interface Clone {
  readonly facts: ImageFacts;
  /** The nearest base. */
  readonly base: Digest;
  /** How many bases it has. */
  readonly depth: number;
}

/** The images that have this one among their bases, the farthest first. */
async function clonesOf(
  { image, chain }: ImageFacts,
  family: Family,
  register: RegisterStore,
): Promise<{ readonly clones: readonly Clone[]; readonly complete: boolean }> {
  if (chain === null) return { clones: [], complete: true };
  const { items, next } = await register.query({ pk: chainPartition(chain), limit: MOST_CLONES });
  const clones: Clone[] = [];
  for (const { body } of items) {
    const facts = await family.facts(digestSchema.parse(body['image']));
    if (facts === null || facts.image === image) continue;
    const bases = await basesOf(facts, family);
    const [base] = bases;
    if (base !== undefined && bases.some((one) => one.image === image)) {
      clones.push({ facts, base: base.image, depth: bases.length });
    }
  }
  return { clones: clones.sort((a, b) => b.depth - a.depth), complete: next === null };
}
