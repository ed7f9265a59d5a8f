/**
 * Which of the images that end in one chain of layers is the base of an image that has that chain.
 *
 * In this order: the one whose digest the image names as its base; the one that has the name which
 * the image says of its base; the one that was seen first. What an image says only settles ties:
 * it makes nothing a base whose layers it doesn't have.
 *
 * Among images with the very same layers one is the root, the others are its clones: so nobody is
 * the base of his own base, whatever the order in which they came.
 */
import type { Digest } from '../image/digest.ts';
import { orderOf } from '../versions/version.ts';
import type { ImageFacts } from './image-facts.ts';

/** Images by a digest that one names as its base: the image of that digest, or those of the index. */
export type ImagesOf = (digest: Digest) => readonly Digest[];

/**
 * @param members - images whose chain of all layers is one and the same, a beginning of the child's or all of it
 * @param imagesOf - what a named digest stands for
 * @param named - images that have the name which the child says of its base
 */
export function baseAmong(
  members: readonly ImageFacts[],
  child: ImageFacts,
  imagesOf: ImagesOf,
  named: ReadonlySet<Digest>,
): ImageFacts | null {
  const inOrder = [...members].sort(bySight);
  const said = saidBase(child, inOrder, imagesOf);
  if (said !== null) return said;
  const byName = inOrder.find(({ image, layers }) => layers < child.layers && named.has(image));
  if (byName !== undefined) return byName;
  const root = rootOf(inOrder, imagesOf);
  return root === null || root.image === child.image ? null : root;
}

/** From the one seen first on to what it names as its base, and so on: digests can't name each other in circles. */
function rootOf(inOrder: readonly ImageFacts[], imagesOf: ImagesOf): ImageFacts | null {
  let root = inOrder[0] ?? null;
  for (let below = root; below !== null; below = saidBase(below, inOrder, imagesOf)) root = below;
  return root;
}

function saidBase(child: ImageFacts, inOrder: readonly ImageFacts[], imagesOf: ImagesOf): ImageFacts | null {
  if (child.baseDigest === null) return null;
  const said = imagesOf(child.baseDigest);
  return inOrder.find(({ image }) => image !== child.image && said.includes(image)) ?? null;
}

function bySight(a: ImageFacts, b: ImageFacts): number {
  return orderOf(a.firstSeen, b.firstSeen) || orderOf(a.image, b.image);
}
