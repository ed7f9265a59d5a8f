/**
 * Image configurations, as in the OCI image specification (config.md); Docker's have the same shape.
 */
import { z } from 'zod';

import { type Digest, isDigest } from './digest.ts';
import { readDocument } from './documents.ts';

export const MAX_CONFIG_BYTES = 8 * 1024 * 1024;
const MAX_LAYERS = 1000;
const MAX_HISTORY = 10_000;

const diffId = z.custom<Digest>((value) => typeof value === 'string' && isDigest(value), 'not a digest');

/** Names of platforms end up in messages and keys: visible ASCII. An empty one says nothing. */
const word = z
  .string()
  .max(64)
  .regex(/^[!-~]*$/u, 'not a name of a platform');
const named = word.transform((name) => (name === '' ? 'unknown' : name));

const config = z.object({
  os: named,
  architecture: named,
  variant: word.nullish(),
  created: z.string().max(256).nullish(),
  rootfs: z.object({
    type: z.literal('layers'),
    // Go writes an image of no layers with null here.
    diff_ids: z.array(diffId).max(MAX_LAYERS).nullish(),
  }),
  // A claim of the image about itself: one that can't be read makes no image unreadable.
  config: z
    .object({ Labels: z.record(z.string(), z.string()).nullish() })
    .nullish()
    .catch(null),
  history: z
    .array(z.object({ created_by: z.string().nullish(), empty_layer: z.boolean().nullish() }))
    .max(MAX_HISTORY)
    .nullish(),
});

export type ImageConfig = Readonly<z.output<typeof config>>;

/** @throws CavendishError `bad-input`, and `limit-exceeded` above {@link MAX_CONFIG_BYTES} */
export function parseConfig(bytes: Uint8Array): ImageConfig {
  return readDocument(bytes, config, 'the image configuration', MAX_CONFIG_BYTES);
}
