/** What is known of an image without its packages: by this its family is told. */
import { z } from 'zod';

import type { ImageLayer, OpenImage } from '../image/open-image.ts';
import { platformName } from '../image/platform.ts';
import { digestSchema } from '../image/schemas.ts';
import { chainIds } from './chain-id.ts';

const imageFacts = z.object({
  image: digestSchema,
  /** `linux/amd64`. */
  platform: z.string(),
  /** The chain ID of all layers; null for an image of no layers, which has no family. */
  chain: digestSchema.nullable(),
  /** How many layers it has. */
  layers: z.int().nonnegative(),
  /** Those layers, from the base upwards. */
  diffIds: z.array(digestSchema).readonly(),
  /** ISO 8601, as the image says; null where it doesn't. */
  created: z.string().nullable(),
  /** ISO 8601: when it was first seen here. */
  firstSeen: z.string(),
  /** What the image says of its base (annotations `org.opencontainers.image.base.*`): a claim that settles ties. */
  baseName: z.string().nullable(),
  baseDigest: digestSchema.nullable(),
});

/** Body of the item at `factsKey`. */
export type ImageFacts = Readonly<z.infer<typeof imageFacts>>;

/** What facts are made of: an image that is open, without its bytes. */
export type DescribedImage = Pick<OpenImage, 'digest' | 'platform' | 'created' | 'base'> & {
  readonly layers: readonly Pick<ImageLayer, 'diffId'>[];
};

export function readFacts(item: { readonly body: unknown }): ImageFacts;
export function readFacts(item: { readonly body: unknown } | null): ImageFacts | null;
export function readFacts(item: { readonly body: unknown } | null): ImageFacts | null {
  return item === null ? null : imageFacts.parse(item.body);
}

/** @param firstSeen - ISO 8601 */
export function factsOf({ digest, platform, layers, created, base }: DescribedImage, firstSeen: string): ImageFacts {
  const diffIds = layers.map(({ diffId }) => diffId);
  return {
    image: digest,
    platform: platformName(platform),
    chain: chainIds(diffIds).at(-1) ?? null,
    layers: layers.length,
    diffIds,
    created,
    firstSeen,
    baseName: base.name,
    baseDigest: base.digest,
  };
}
