/**
 * Remembers an image that was scanned, by its layers and what they brought: from then on it is found
 * as a base or a clone, and by its packages.
 *
 * A clone writes its own place in the family and the rows of its own layers; those of its base are
 * there. Run twice, or by two at once, the rows end the same.
 */
import { contentId } from '../../core/canonical/canonical.ts';
import { isCavendishError } from '../../core/errors/error.ts';
import { chainIds } from '../../core/lineage/chain-id.ts';
import { type DescribedImage, factsOf, type ImageFacts, readFacts } from '../../core/lineage/image-facts.ts';
import { ecosystemsOf, type LayerRows, layerRowsOf } from '../../core/lineage/layer-rows.ts';
import {
  CHAIN_ABOVE,
  chainKey,
  chainPartition,
  chainRest,
  componentKey,
  ecosystemKey,
  factsKey,
  imageRowsKey,
  layerImageKey,
  layerRowsKey,
  packageKey,
} from '../../core/register/index-keys.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import { planEntry } from '../judge-again/plan-entry.ts';
import type { Key, OutboxEntry, RegisterStore } from '../ports/register-store.ts';
import { absentOf, putRows, type Row } from './rows.ts';

/**
 * @param at - ISO 8601: when it was seen, if it was never seen before
 * @returns what is held of it from now on
 */
export async function rememberImage(
  image: DescribedImage,
  inventory: Inventory,
  at: string,
  register: RegisterStore,
): Promise<ImageFacts> {
  const byLayer = layerRowsOf(inventory);
  const marker = imageRowsKey(image.digest, contentId(byLayer.map(({ id }) => id)));
  const [known, written] = await Promise.all([register.get(factsKey(image.digest)), register.get(marker)]);
  const facts = readFacts(known) ?? (await putFacts(factsOf(image, at), register));
  if (written !== null) return facts;

  const packages = await newLayers(byLayer, register);
  const rows = [
    ...familyRows(facts),
    // Names and ecosystems are shared by layers: most are there already.
    ...(await absentOf(
      [...ecosystemsOf(inventory.packages).map(ecosystemKey), ...packages.flatMap(nameRows)],
      register,
    )),
    ...packages.flatMap(layerRows),
    marker,
  ];
  await putRows(rows, register, await becomesBase(facts, register));
  return facts;
}

/** What follows where its clones were there before it: they are judged again, as they inherit from it. */
async function becomesBase({ image, chain, firstSeen }: ImageFacts, register: RegisterStore): Promise<OutboxEntry[]> {
  if (chain === null) return [];
  const pk = chainPartition(chain);
  const [equal, above] = await Promise.all([
    register.query({ pk, beginsWith: chainRest(0), limit: 2 }),
    register.query({ pk, between: CHAIN_ABOVE, limit: 1 }),
  ]);
  // Its own row is there where it died before its last commit, which leaves what follows.
  const [first] = equal.items.filter(({ body }) => body['image'] !== image);
  // Of images with the same layers the one that was seen first is the base of all clones. One that is
  // written later may have been seen before it: a job that was late.
  const leads = first === undefined || chainKey(chain, 0, firstSeen, image).sk < first.sk;
  const clones = first !== undefined || above.items.length > 0;
  return leads && clones ? [planEntry({ kind: 'base', at: firstSeen, image })] : [];
}

/** The first who saw it says when. */
async function putFacts(facts: ImageFacts, register: RegisterStore): Promise<ImageFacts> {
  const key = factsKey(facts.image);
  try {
    await register.commit({ puts: [{ item: { ...key, body: { ...facts } }, when: 'absent' }] });
    return facts;
  } catch (error) {
    if (!isCavendishError(error, 'conflict')) throw error;
    return readFacts(await register.get(key)) ?? facts;
  }
}

function familyRows({ image, diffIds, firstSeen }: ImageFacts): readonly Row[] {
  const chain = chainIds(diffIds);
  return [
    ...chain.map((id, below) => ({ ...chainKey(id, chain.length - below - 1, firstSeen, image), body: { image } })),
    ...diffIds.map((diffId) => layerImageKey(diffId, image)),
  ];
}

async function newLayers(layers: readonly LayerRows[], register: RegisterStore): Promise<readonly LayerRows[]> {
  const written = await Promise.all(layers.map(({ diffId, id }) => register.get(layerRowsKey(diffId, id))));
  return layers.filter((_, at) => written[at] === null);
}

function nameRows({ names }: LayerRows): readonly Key[] {
  return names.map(({ name, bucket }) => packageKey(name, bucket));
}

/** The marker last: it is never there without the rows that it speaks of. */
function layerRows({ diffId, id, buckets }: LayerRows): readonly Key[] {
  return [...buckets.map((bucket) => componentKey(bucket, diffId)), layerRowsKey(diffId, id)];
}
