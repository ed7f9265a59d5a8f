/**
 * What one layer holds for the scan of any image that has it: kept by diff ID, joined with others.
 */
import { z } from 'zod';

import type { Digest } from '../../core/image/digest.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import { CATALOGERS } from '../catalogers/catalogers.ts';

const path = z.string();

const layerResult = z.object({
  schemaVersion: z.literal(1),
  /** The version of the scanner that read it. */
  scanner: z.string(),
  diffId: digestSchema,
  /** The stored forms that were seen to unpack to this diff ID. */
  digests: z.array(digestSchema),
  /** Entries that are neither folders nor marks of removal. */
  files: z.int().nonnegative(),
  /** The size of what is kept, in UTF-16 units of JSON, roughly. */
  kept: z.int().nonnegative(),
  /** Files that a cataloger read. */
  read: z.array(z.object({ path, cataloger: z.string(), content: z.unknown() })),
  /** Files that a cataloger wanted and that could not be read. */
  blocked: z.array(z.object({ path, cataloger: z.string(), why: z.string() })),
  /** Symbolic links at, or above, what catalogers want. */
  links: z.array(z.object({ path, target: z.string() })),
  /** Paths that are removed from lower layers (whiteouts). */
  removed: z.array(path),
  /** Folders in which lower layers are hidden (opaque). */
  hidden: z.array(path),
  /** Files of packages that no cataloger reads. */
  markers: z.array(z.object({ path, ecosystem: z.string() })),
  /** See standing.ts. */
  standing: z.base64(),
});

export type LayerResult = z.output<typeof layerResult>;

/**
 * Reads a result that was kept as JSON; null where it is none, or none that these catalogers made:
 * then the layer is scanned again.
 */
export function parseLayerResult(value: unknown): LayerResult | null {
  const read = layerResult.safeParse(value);
  if (!read.success) return null;
  const understood = read.data.read.every(
    ({ cataloger, content }) =>
      CATALOGERS.find(({ name }) => name === cataloger)?.content.safeParse(content).success ?? false,
  );
  return understood ? read.data : null;
}

/** Where results of layers are kept. */
export interface LayerCache {
  /** What {@link parseLayerResult} makes of it; null where none is kept for this version of the scanner. */
  get(diffId: Digest, scannerVersion: string): Promise<LayerResult | null>;
  /** Keeps a result by its diff ID and scanner, in place of one that is there: it may know one stored form more. */
  put(result: LayerResult): Promise<void>;
}
