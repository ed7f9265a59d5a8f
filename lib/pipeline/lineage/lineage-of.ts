/** Gathers the lineage of an image: what is known of its bases at this moment. */
import type { Digest } from '../../core/image/digest.ts';
import type { ImageFacts } from '../../core/lineage/image-facts.ts';
import type { Base, Lineage } from '../../core/lineage/lineage.ts';
import { newestBuild } from '../../core/lineage/newest-build.ts';
import { basesOf } from './bases-of.ts';
import type { Family } from './read-family.ts';

/** Names whose newest build is asked for. */
const MOST_NAMES = 20;

/**
 * @param image - the image's facts, be they remembered or not: one that was never remembered was seen last
 * @param repository - in which it is judged; null where it has none
 */
export async function lineageOf(image: ImageFacts, repository: string | null, family: Family): Promise<Lineage> {
  const [bases, approval] = await Promise.all([basesOf(image, family), family.approval(image.image)]);
  return {
    bases: await Promise.all(bases.map((base) => describeBase(base, { image: image.image, repository }, family))),
    approval,
  };
}

async function describeBase(
  base: ImageFacts,
  child: { readonly image: Digest; readonly repository: string | null },
  family: Family,
): Promise<Base> {
  const [names, approval, repositories] = await Promise.all([
    family.names(base.image),
    family.approval(base.image),
    family.repositories(base.image),
  ]);
  return {
    image: base.image,
    layers: base.layers,
    names: [...new Set(names.map(({ shown }) => shown))],
    created: base.created,
    own: child.repository !== null && repositories.includes(child.repository),
    approval,
    newest: await newestOf(base, child.image, family),
  };
}

/** The newest build that has one of the image's names; null where that is the image itself. */
export async function newestOf(base: ImageFacts, besides: Digest | null, family: Family): Promise<Base['newest']> {
  const names = (await family.names(base.image)).slice(0, MOST_NAMES);
  const builds = await Promise.all(
    names.map(async ({ name, shown }) => (await family.builds(name)).map((build) => ({ ...build, name: shown }))),
  );
  const others = builds.flat().filter(({ image }) => image !== besides);
  const newest = newestBuild(others, base.platform);
  if (newest === null || newest.image === base.image) return null;
  return { image: newest.image, name: newest.name, created: newest.created };
}
