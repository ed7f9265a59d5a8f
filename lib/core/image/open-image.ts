/**
 * An image that is open to be scanned, wherever it comes from.
 *
 * The nouns between those who fetch images (adapters) and the one who reads them (the scanner):
 * manifests and configurations are verified before they get here; layers are verified while they
 * are streamed.
 */
import type { Digest } from './digest.ts';
import type { Platform } from './platform.ts';

export interface ImageLayer {
  /** Digest and size (bytes) of the layer as stored. */
  readonly digest: Digest;
  readonly size: number;
  readonly mediaType: string;
  readonly diffId: Digest;
  readonly createdBy: string | null;
}

/** What a manifest and its configuration say of an image. */
export interface ImageDescription {
  readonly platform: Platform;
  /** ISO 8601; null where the configuration has no date, or one that can't be read. */
  readonly created: string | null;
  /** From the base upwards. */
  readonly layers: readonly ImageLayer[];
  readonly base: SaidBase;
}

/** What an image says of its base (`org.opencontainers.image.base.*`): a claim, which its layers may belie. */
export interface SaidBase {
  readonly name: string | null;
  /** Of a manifest or of an index. */
  readonly digest: Digest | null;
}

export const NOTHING_SAID: SaidBase = { name: null, digest: null };

/** One image of one platform, ready to be scanned. */
export interface OpenImage extends ImageDescription {
  readonly digest: Digest;
  /** The bytes of a layer as stored. @throws CavendishError `not-found`, `unavailable` */
  readLayer(layer: ImageLayer, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}
