/** Climbs from an image to its bases, the nearest first, and from each to its own. */
import type { Digest } from '../../core/image/digest.ts';
import { namesSaid } from '../../core/lineage/build-name.ts';
import { chainIds } from '../../core/lineage/chain-id.ts';
import type { ImageFacts } from '../../core/lineage/image-facts.ts';
import { baseAmong } from '../../core/lineage/nearest-base.ts';
import type { Family } from './read-family.ts';

/** Prefixes that are asked for at the same time. */
const AT_ONCE = 25;

export async function basesOf(image: ImageFacts, family: Family): Promise<readonly ImageFacts[]> {
  const chain = chainIds(image.diffIds);
  const bases: ImageFacts[] = [];
  let child = image;
  for (let level = chain.length; level > 0;) {
    if ((chain.length - level) % AT_ONCE === 0) {
      await Promise.all(chain.slice(Math.max(0, level - AT_ONCE), level).map((id) => family.first(id)));
    }
    const base = await baseAt(chain[level - 1] ?? null, child, family);
    if (base === null) {
      level -= 1;
    } else {
      bases.push(base);
      child = base;
    }
  }
  return bases;
}

/** The base of an image among those that end in a chain: of these only such are read as the rule may choose. */
async function baseAt(chain: Digest | null, child: ImageFacts, family: Family): Promise<ImageFacts | null> {
  const first = chain === null ? null : await family.first(chain);
  if (first === null) return null;
  const members = new Map([[first.image, first]]);
  const stands = new Map<Digest, readonly Digest[]>();
  const add = async (images: readonly Digest[]): Promise<readonly ImageFacts[]> => {
    const found = await Promise.all(images.map((image) => family.facts(image)));
    const here = found.filter((facts) => facts !== null).filter((facts) => facts.chain === chain);
    for (const facts of here) members.set(facts.image, facts);
    return here;
  };
  const follow = async ({ image, baseDigest }: ImageFacts): Promise<void> => {
    if (baseDigest === null || stands.has(baseDigest)) return;
    const images = await family.imagesOf(baseDigest);
    stands.set(baseDigest, images);
    for (const facts of await add(images.filter((one) => one !== image))) await follow(facts);
  };
  await follow(first);
  await follow(child);
  const named = await namedBuilds(child, family);
  await add([...named]);
  return baseAmong([...members.values()], child, (digest) => stands.get(digest) ?? [], named);
}

async function namedBuilds({ baseName }: ImageFacts, family: Family): Promise<ReadonlySet<Digest>> {
  if (baseName === null) return new Set();
  const builds = await Promise.all(namesSaid(baseName).map((name) => family.builds(name)));
  return new Set(builds.flat().map(({ image }) => image));
}
