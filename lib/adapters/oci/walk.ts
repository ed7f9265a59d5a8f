/**
 * From what a reference names to images: an index is followed to the image of each platform;
 * attestations, signatures and other artifacts are set aside.
 *
 * An image that can't be opened is an answer of its own. Only a registry that does not answer ends
 * the walk: that says nothing of the image.
 */
import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import { MAX_CONFIG_BYTES, parseConfig } from '../../core/image/config.ts';
import { describeImage, notAnImage, notAnImageByDescriptor } from '../../core/image/describe.ts';
import type { Digest } from '../../core/image/digest.ts';
import { type Descriptor, type ImageIndex, type ImageManifest, parseManifest } from '../../core/image/manifest.ts';
import type { Platform } from '../../core/image/platform.ts';
import type { OpenedImages, OpenImage, UnreadableImage } from '../../pipeline/ports/image-source.ts';
import type { Document, RegistryApi } from './registry-api.ts';

/** An index of indexes is allowed; more is nobody's image. */
const MAX_DEPTH = 3;
/** Manifests in all, however they are nested. */
const MAX_MANIFESTS = 1000;

type Found = Pick<OpenedImages, 'images' | 'unreadable' | 'skipped'>;

interface Walk {
  readonly images: OpenImage[];
  readonly unreadable: UnreadableImage[];
  readonly skipped: { readonly digest: Digest; readonly why: string }[];
  readonly seen: Set<Digest>;
}

/** @throws CavendishError `bad-input`, `unsupported` where the root is no manifest; `unavailable` */
export async function findImages(api: RegistryApi, root: Document, signal: AbortSignal): Promise<Found> {
  const walk: Walk = { images: [], unreadable: [], skipped: [], seen: new Set([root.digest]) };
  const manifest = parseManifest(root.bytes, root.mediaType);
  if (manifest.kind === 'index') await openIndex(api, manifest, walk, 1, signal);
  else await orUnreadable(walk, root.digest, null, () => openManifest(api, root.digest, manifest, walk, signal));
  const { images, unreadable, skipped } = walk;
  return { images, unreadable, skipped };
}

async function openIndex(
  api: RegistryApi,
  index: ImageIndex,
  walk: Walk,
  depth: number,
  signal: AbortSignal,
): Promise<void> {
  for (const entry of index.manifests) {
    if (walk.seen.has(entry.digest)) continue;
    walk.seen.add(entry.digest);
    await orUnreadable(walk, entry.digest, platformOf(entry), () => openEntry(api, entry, walk, depth, signal));
  }
}

async function openEntry(
  api: RegistryApi,
  entry: Descriptor,
  walk: Walk,
  depth: number,
  signal: AbortSignal,
): Promise<void> {
  const { digest, mediaType } = entry;
  const why = notAnImageByDescriptor(entry);
  if (why !== null) {
    walk.skipped.push({ digest, why });
    return;
  }
  if (walk.seen.size > MAX_MANIFESTS) {
    throw new CavendishError('limit-exceeded', `the index holds more than ${MAX_MANIFESTS} manifests`);
  }
  const { bytes } = await api.manifest(digest, signal);
  const manifest = parseManifest(bytes, mediaType);
  if (manifest.kind === 'manifest') return openManifest(api, digest, manifest, walk, signal);
  if (depth === MAX_DEPTH) throw new CavendishError('limit-exceeded', `indexes are nested more than ${MAX_DEPTH} deep`);
  return openIndex(api, manifest, walk, depth + 1, signal);
}

async function openManifest(
  api: RegistryApi,
  digest: Digest,
  manifest: ImageManifest,
  walk: Walk,
  signal: AbortSignal,
): Promise<void> {
  const why = notAnImage(manifest);
  if (why !== null) {
    walk.skipped.push({ digest, why });
    return;
  }
  const config = await api.document(
    manifest.config.digest,
    MAX_CONFIG_BYTES,
    `the configuration of the image ${digest}`,
    signal,
  );
  walk.images.push({
    ...describeImage(manifest, parseConfig(config)),
    digest,
    readLayer: (layer, given) =>
      api.stream(layer.digest, layer.size, given === undefined ? signal : AbortSignal.any([signal, given])),
  });
}

async function orUnreadable(
  { unreadable }: Walk,
  digest: Digest,
  platform: Platform | null,
  open: () => Promise<void>,
): Promise<void> {
  try {
    await open();
  } catch (error) {
    if (!isCavendishError(error) || error.code === 'unavailable') throw error;
    unreadable.push({ digest, platform, error });
  }
}

function platformOf({ platform }: Descriptor): Platform | null {
  if (platform === undefined) return null;
  const { os, architecture, variant } = platform;
  return variant === undefined ? { os, architecture } : { os, architecture, variant };
}
