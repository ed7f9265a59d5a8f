/** Whether everything that a manifest names was pushed before it. */
import type { Digest } from '../../../core/image/digest.ts';
import type { Descriptor, ImageIndex, ImageManifest } from '../../../core/image/manifest.ts';
import { isForeignLayer, isIndexType, isManifestType } from '../../../core/image/media-types.ts';
import type { BlobStore } from './blob-store.ts';
import type { Catalogue } from './catalogue.ts';

/**
 * The parts that are not held. Layers that are kept elsewhere are not expected here; nor is a
 * `subject`, which may come later.
 */
export async function missingParts(
  repository: string,
  manifest: ImageManifest | ImageIndex,
  blobs: BlobStore,
  catalogue: Catalogue,
): Promise<readonly Digest[]> {
  async function isHeld({ digest, mediaType }: Descriptor): Promise<boolean> {
    if (isManifestType(mediaType) || isIndexType(mediaType)) {
      return (await catalogue.manifest(repository, digest)) !== null;
    }
    return (await blobs.size(digest)) !== null;
  }

  const missing = new Set<Digest>();
  for (const part of partsOf(manifest)) {
    if (!(await isHeld(part))) missing.add(part.digest);
  }
  return [...missing];
}

function partsOf(manifest: ImageManifest | ImageIndex): readonly Descriptor[] {
  if (manifest.kind === 'index') return manifest.manifests;
  return [manifest.config, ...manifest.layers.filter(({ mediaType }) => !isForeignLayer(mediaType))];
}
