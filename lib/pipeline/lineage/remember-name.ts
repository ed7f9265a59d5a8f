/** Remembers that an image is a build of a name, so that a newer build of the same name is found. */
import type { Digest } from '../../core/image/digest.ts';
import type { BuildName } from '../../core/lineage/build-name.ts';
import type { ImageFacts } from '../../core/lineage/image-facts.ts';
import { newestBuild } from '../../core/lineage/newest-build.ts';
import { CHAIN_ABOVE, chainPartition, imageNameKey, nameKey } from '../../core/register/index-keys.ts';
import { planEntry } from '../judge-again/plan-entry.ts';
import type { OutboxEntry, RegisterStore } from '../ports/register-store.ts';
import { type Family, readFamily } from './read-family.ts';
import { putRows } from './rows.ts';

/**
 * An image that was never scanned has no family: its names are not remembered.
 *
 * @returns whether the name was new to the image
 */
export async function rememberName(image: Digest, named: BuildName, register: RegisterStore): Promise<boolean> {
  const family = readFamily(register);
  const ofImage = imageNameKey(image, named.name);
  const [known, facts] = await Promise.all([register.get(ofImage), family.facts(image)]);
  if (known !== null || facts === null) return false;
  const { platform, created, firstSeen } = facts;
  const rows = [
    { ...nameKey(named.name, firstSeen, image), body: { image, platform, created } },
    { ...ofImage, body: { ...named } },
  ];
  await putRows(rows, register, await outdates(facts, named, family, register));
  return true;
}

/** What follows where the newest build until now has clones: they are built on an outdated base from now on. */
async function outdates(
  facts: ImageFacts,
  { name }: BuildName,
  family: Family,
  register: RegisterStore,
): Promise<OutboxEntry[]> {
  const before = await family.builds(name);
  const newest = newestBuild(before, facts.platform);
  if (newest === null || newestBuild([newest, facts], facts.platform) !== facts) return [];
  const chain = (await family.facts(newest.image))?.chain ?? null;
  if (chain === null) return [];
  const { items } = await register.query({ pk: chainPartition(chain), between: CHAIN_ABOVE, limit: 1 });
  if (items.length === 0) return [];
  return [planEntry({ kind: 'base', at: facts.firstSeen, image: newest.image })];
}
