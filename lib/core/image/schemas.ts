/** The schemas of what names an image, for items and documents that are read back. */
import { z } from 'zod';

import { isDigest, type Digest } from './digest.ts';
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
