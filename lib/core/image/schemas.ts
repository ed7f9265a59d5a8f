/** The schemas of what names an image, for items and documents that are read back. */
import { z } from 'zod';

import { type Digest, isDigest } from './digest.ts';
import type { Platform } from './platform.ts';
import { STAGES } from './stage.ts';

export const digestSchema = z.custom<Digest>((value) => typeof value === 'string' && isDigest(value), 'not a digest');

export const placementSchema = z.object({
  account: z.string(),
  region: z.string(),
  registry: z.string(),
  repository: z.string(),
  digest: digestSchema,
});

export const stageSchema = z.enum(STAGES);

export const platformSchema = z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() });

/** A platform as the nouns have it: a variant is there or left out, never undefined. */
export function platformOf({ os, architecture, variant }: z.infer<typeof platformSchema>): Platform {
  return variant === undefined ? { os, architecture } : { os, architecture, variant };
}
