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
import { type DescribedImage, diffIdsOf, factsOf, type ImageFacts, readFacts } from '../../core/lineage/image-facts.ts';
import { ecosystemsOf, type LayerRows, layerRowsOf } from '../../core/lineage/layer-rows.ts';
import {
  chainKey,
  componentKey,
  ecosystemKey,
  factsKey,
  imageRowsKey,
  layerImageKey,
  layerRowsKey,
  packageKey,
} from '../../core/register/index-keys.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import type { Key, RegisterStore } from '../ports/register-store.ts';
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
    ...familyRows(image, facts),
    // Names and ecosystems are shared by layers: most are there already.
    ...(await absentOf(
      [...ecosystemsOf(inventory.packages).map(ecosystemKey), ...packages.flatMap(nameRows)],
      register,
    )),
    ...packages.flatMap(layerRows),
    marker,
  ];
  await putRows(rows, register);
  return facts;
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

function familyRows(image: DescribedImage, { firstSeen }: ImageFacts): readonly Row[] {
  const diffIds = diffIdsOf(image);
  const chain = chainIds(diffIds);
  return [
    ...chain.map((id, below) => ({
      ...chainKey(id, chain.length - below - 1, firstSeen, image.digest),
      body: { image: image.digest },
    })),
    ...diffIds.map((diffId) => layerImageKey(diffId, image.digest)),
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
