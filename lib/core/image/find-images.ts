/**
 * From a manifest or an index to images: an index is followed to the image of each platform;
 * attestations, signatures and other artifacts are set aside, with the reason.
 *
 * Where the documents come from is the caller's: a registry, a folder, an archive. They are
 * verified before they get here.
 */
import { CavendishError, isCavendishError } from '../errors/error.ts';
import { MAX_CONFIG_BYTES, parseConfig } from './config.ts';
import { describeImage, notAnImage, notAnImageByDescriptor } from './describe.ts';
import type { Digest } from './digest.ts';
import { type Descriptor, type ImageIndex, type ImageManifest, parseManifest } from './manifest.ts';
import type { OpenImage } from './open-image.ts';
import type { Platform } from './platform.ts';
import { platformOf } from './schemas.ts';

/** An index of indexes is allowed; more is nobody's image. */
const MAX_DEPTH = 3;
/** Manifests in all, however they are nested. */
const MAX_MANIFESTS = 1000;

/** Where an image's parts are. Everything but `stream` answers with verified bytes. */
export interface ImageBlobs {
  /** A manifest or an index. @throws CavendishError `not-found`, `integrity-failed`, `unavailable` */
  manifest(digest: Digest, signal?: AbortSignal): Promise<{ readonly bytes: Uint8Array }>;
  /** A small blob, whole. @throws as `manifest`, and `limit-exceeded` */
  document(digest: Digest, maxBytes: number, what: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** A blob as it arrives. @throws CavendishError `not-found`, `unavailable` */
  stream(digest: Digest, size: number, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

export interface FindOptions {
  readonly signal?: AbortSignal;
  /**
   * What a manifest is that an index names and nobody has: an image that can't be read, or, in
   * archives that were saved with some platforms only, one that is left out.
   *
   * @default 'unreadable'
   */
  readonly missing?: 'unreadable' | 'skipped';
}

export interface FoundImages {
  readonly images: OpenImage[];
  /** Images that could not be opened, and why. */
  readonly unreadable: { readonly digest: Digest; readonly platform: Platform | null; readonly error: Error }[];
  readonly skipped: { readonly digest: Digest; readonly why: string }[];
}

/** What is looked at: the manifest, or the index, that a reference or a file leads to. */
export interface Root {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  readonly mediaType: string | undefined;
}

/**
 * Finds the images.
 *
 * @throws CavendishError `bad-input`, `unsupported`, `limit-exceeded` where the root is no manifest
 *   and no index; `unavailable` where the parts can't be asked for: that says nothing of the image
 */
export async function findImages(blobs: ImageBlobs, root: Root, options: FindOptions = {}): Promise<FoundImages> {
  const { signal, missing = 'unreadable' } = options;
  const found: FoundImages = { images: [], unreadable: [], skipped: [] };
  const seen = new Set<Digest>([root.digest]);
  const manifest = parseManifest(root.bytes, root.mediaType);
  if (manifest.kind === 'index') await openIndex(manifest, 1);
  else await orUnreadable(root.digest, null, () => openManifest(root.digest, manifest));
  return found;

  async function openIndex(index: ImageIndex, depth: number): Promise<void> {
    for (const entry of index.manifests) {
      if (seen.has(entry.digest)) continue;
      seen.add(entry.digest);
      const { digest, platform } = entry;
      await orUnreadable(digest, platform === undefined ? null : platformOf(platform), () => openEntry(entry, depth));
    }
  }

  async function openEntry(entry: Descriptor, depth: number): Promise<void> {
    const { digest } = entry;
    const why = notAnImageByDescriptor(entry);
    if (why !== null) {
      found.skipped.push({ digest, why });
      return;
    }
    if (seen.size > MAX_MANIFESTS) throw limit(`the index holds more than ${MAX_MANIFESTS} manifests`);
    const bytes = await manifestOf(entry);
    if (bytes === null) return;
    const manifest = parseManifest(bytes, entry.mediaType);
    if (manifest.kind === 'manifest') return openManifest(digest, manifest);
    if (depth === MAX_DEPTH) throw limit(`indexes are nested more than ${MAX_DEPTH} deep`);
    return openIndex(manifest, depth + 1);
  }

  /** Null where it is not there and may be left out. */
  async function manifestOf({ digest, size }: Descriptor): Promise<Uint8Array | null> {
    try {
      const { bytes } = await blobs.manifest(digest, signal);
      if (bytes.byteLength === size) return bytes;
    } catch (error) {
      if (missing !== 'skipped' || !isCavendishError(error, 'not-found')) throw error;
      found.skipped.push({ digest, why: 'its manifest is not there: not all platforms were saved' });
      return null;
    }
    throw new CavendishError(
      'integrity-failed',
      `the manifest ${digest} does not have the ${size} bytes that were stated`,
    );
  }

  async function openManifest(digest: Digest, manifest: ImageManifest): Promise<void> {
    const why = notAnImage(manifest);
    if (why !== null) {
      found.skipped.push({ digest, why });
      return;
    }
    const what = `the configuration of the image ${digest}`;
    const config = await blobs.document(manifest.config.digest, MAX_CONFIG_BYTES, what, signal);
    found.images.push({
      ...describeImage(manifest, parseConfig(config)),
      digest,
      readLayer: (layer, given) => blobs.stream(layer.digest, layer.size, either(signal, given)),
    });
  }

  async function orUnreadable(digest: Digest, platform: Platform | null, open: () => Promise<void>): Promise<void> {
    try {
      await open();
    } catch (error) {
      if (!isCavendishError(error) || error.code === 'unavailable') throw error;
      found.unreadable.push({ digest, platform, error });
    }
  }
}

function limit(message: string): CavendishError {
  return new CavendishError('limit-exceeded', message);
}

function either(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one !== undefined && other !== undefined ? AbortSignal.any([one, other]) : (one ?? other);
}
