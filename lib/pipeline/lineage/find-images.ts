/** Finds the images that a person names: a name that was given to a base, a name on the board, a digest or its beginning. */
import { CavendishError } from '../../core/errors/error.ts';
import { type Digest, hexOf } from '../../core/image/digest.ts';
import type { ImageFacts } from '../../core/lineage/image-facts.ts';
import { newestFirst } from '../../core/lineage/newest-build.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { findPlacement } from '../read-board/find-placement.ts';
import { knownBases } from './known-bases.ts';
import { type Family, readFamily } from './read-family.ts';

const HEX = /^(?:sha256:)?([0-9a-f]{4,64})$/u;

/**
 * @param builds - of a name that has several builds the newest of each platform, or all, the newest first
 * @throws CavendishError `not-found` where nothing has that name, `bad-input` where several images do
 */
export async function findImages(
  name: string,
  register: RegisterStore,
  builds: 'newest' | 'all',
): Promise<readonly ImageFacts[]> {
  const family = readFamily(register);
  const named = await buildsOfName(name, family, builds);
  if (named.length > 0) return named;
  const added = await addedByDigest(name, register, family);
  if (added.length > 0) return added;
  const digests = await onBoard(name, register);
  const facts = (await Promise.all(digests.map((digest) => family.facts(digest)))).filter((one) => one !== null);
  if (facts.length > 0) return facts;
  throw new CavendishError('not-found', `the image ${name} was never scanned here: nothing is known of its family`, {
    next: `See why: cavendish show ${name}`,
  });
}

async function buildsOfName(name: string, family: Family, which: 'newest' | 'all'): Promise<readonly ImageFacts[]> {
  const builds = await family.builds(name);
  const platforms = [...new Set(builds.map(({ platform }) => platform))];
  const chosen = platforms.flatMap((platform) =>
    newestFirst(builds, platform).slice(0, which === 'all' ? undefined : 1),
  );
  return (await Promise.all(chosen.map(({ image }) => family.facts(image)))).filter((one) => one !== null);
}

async function addedByDigest(name: string, register: RegisterStore, family: Family): Promise<readonly ImageFacts[]> {
  const [, hex] = HEX.exec(name) ?? [];
  if (hex === undefined) return [];
  const found = (await knownBases(register, family)).filter(({ facts }) => hexOf(facts.image).startsWith(hex));
  if (found.length > 1) {
    throw new CavendishError('bad-input', `"${hex}" begins the digest of several bases`, { next: 'Give more digits.' });
  }
  return found.map(({ facts }) => facts);
}

async function onBoard(name: string, register: RegisterStore): Promise<readonly Digest[]> {
  try {
    return [...new Set((await findPlacement(name, register)).map(({ placement }) => placement.digest))];
  } catch (error) {
    if (!(error instanceof CavendishError) || error.code !== 'not-found') throw error;
    throw new CavendishError('not-found', `nothing is called "${name}", neither on the board nor among the bases`, {
      next: 'See what is there: cavendish images --all, cavendish base list',
      cause: error,
    });
  }
}
