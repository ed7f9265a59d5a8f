/**
 * Where images come from: a registry, an OCI layout, a `docker save` archive.
 *
 * Manifests and configurations are parsed by schema and verified against their digests before they
 * are handed on; layers are streamed as they are stored, and verified by the scanner.
 */
import type { Digest } from '../../core/image/digest.ts';
import type { OpenImage } from '../../core/image/open-image.ts';
import type { Platform } from '../../core/image/platform.ts';

export type { OpenImage } from '../../core/image/open-image.ts';

/** An image that could not be opened, and why: it is judged unknown, never left out. */
export interface UnreadableImage {
  readonly digest: Digest;
  readonly platform: Platform | null;
  readonly error: Error;
}

/** What a reference, layout or archive holds. */
export interface OpenedImages {
  /** What people call it: `127.0.0.1:5000/team/app:1.2`, a path. */
  readonly reference: string;
  readonly images: readonly OpenImage[];
  readonly unreadable: readonly UnreadableImage[];
  /** Attestations, signatures, SBOMs and other artifacts, which are no images. */
  readonly skipped: readonly { readonly digest: Digest; readonly why: string }[];
  close(): Promise<void>;
}

export interface ImageSource {
  /**
   * Opens what a person or a push names.
   *
   * @throws CavendishError `not-found`, `bad-input`, `integrity-failed`, `unsupported`, `unavailable`
   */
  open(what: string): Promise<OpenedImages>;
}
