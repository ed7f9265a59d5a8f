/** The families of all images of a home, as a graph: each image, and the way to its nearest base. */
import type { Digest } from '../../core/image/digest.ts';
import type { FamilyGraph } from '../../core/lineage/graph.ts';
import type { ImageFacts } from '../../core/lineage/image-facts.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readBoard } from '../read-board/read-board.ts';
import { basesOf } from './bases-of.ts';
import { knownBases } from './known-bases.ts';
import { readFamily } from './read-family.ts';
import { shownNames } from './read-tree.ts';

/** Images of the board and bases, with all that these are built on. */
export async function readGraph(register: RegisterStore): Promise<FamilyGraph> {
  const family = readFamily(register);
  const board = await readBoard(register, { all: true });
  const bases = await knownBases(register, family);
  const images = new Set([...board.map(({ placement }) => placement.digest), ...bases.map(({ facts }) => facts.image)]);
  const nodes = new Map<Digest, ImageFacts>();
  const edges = new Map<Digest, Digest>();
  for (const image of images) {
    const facts = await family.facts(image);
    if (facts === null) continue;
    let clone = facts;
    nodes.set(image, facts);
    for (const base of await basesOf(facts, family)) {
      nodes.set(base.image, base);
      edges.set(clone.image, base.image);
      clone = base;
    }
  }
  return {
    images: await Promise.all(
      [...nodes.values()].map(async ({ image, platform, layers, created }) => ({
        ...{ image, platform, layers, created },
        names: await shownNames(image, family),
      })),
    ),
    bases: [...edges].map(([clone, base]) => ({ clone, base })),
  };
}
