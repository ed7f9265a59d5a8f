/**
 * Images in an OCI layout (image specification, image-layout.md): a folder or a tar.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';

import { digestOf } from '../../../core/canonical/canonical.ts';
import { CavendishError } from '../../../core/errors/error.ts';
import { type Digest, hexOf } from '../../../core/image/digest.ts';
import { readDocument } from '../../../core/image/documents.ts';
import { findImages, type ImageBlobs } from '../../../core/image/find-images.ts';
import { MAX_MANIFEST_BYTES } from '../../../core/image/manifest.ts';
import { INDEX_TYPES } from '../../../core/image/media-types.ts';
import type { OpenedImages } from '../../../pipeline/ports/image-source.ts';
import { type Files, missing } from './files.ts';

/** The file that makes a folder a layout. */
export const LAYOUT_FILE = 'oci-layout';
const INDEX_FILE = 'index.json';
const MAX_LAYOUT_BYTES = 4096;

const layout = z.object({ imageLayoutVersion: z.string().regex(/^1\./u, 'not a version that is read (1.x)') });

/**
 * Opens the images of a layout, those of all platforms.
 *
 * @throws CavendishError `not-found`, `bad-input` where it is no layout or holds no image
 */
export async function openLayout(files: Files): Promise<OpenedImages> {
  readDocument(await need(files, LAYOUT_FILE, MAX_LAYOUT_BYTES), layout, LAYOUT_FILE, MAX_LAYOUT_BYTES);
  const bytes = await need(files, INDEX_FILE, MAX_MANIFEST_BYTES);
  const root = { digest: digestOf(bytes), bytes, mediaType: INDEX_TYPES[0] };

  const found = await findImages(blobsOf(files), root, { missing: 'skipped' });
  if (found.images.length + found.unreadable.length === 0 && found.skipped.length > 0) {
    const [first] = found.skipped;
    throw new CavendishError('not-found', `${files.name} holds no image: ${first?.digest} is ${first?.why}`);
  }
  return { reference: files.name, ...found, close: () => files.close() };
}

function blobsOf(files: Files): ImageBlobs {
  async function document(digest: Digest, maxBytes: number, what: string): Promise<Uint8Array> {
    const bytes = await need(files, placeOf(digest), maxBytes);
    const algorithm = digest.slice(0, digest.indexOf(':'));
    if (createHash(algorithm).update(bytes).digest('hex') === hexOf(digest)) return bytes;
    throw new CavendishError('integrity-failed', `${what} in ${files.name} does not have its digest ${digest}`);
  }
  return {
    manifest: async (digest) => ({ bytes: await document(digest, MAX_MANIFEST_BYTES, 'a manifest') }),
    document,
    stream: (digest, _size, signal) => files.stream(placeOf(digest), signal),
  };
}

function placeOf(digest: Digest): string {
  return `blobs/${digest.slice(0, digest.indexOf(':'))}/${hexOf(digest)}`;
}

async function need(files: Files, file: string, maxBytes: number): Promise<Uint8Array> {
  const bytes = await files.read(file, maxBytes);
  if (bytes === null) throw missing(files.name, file);
  return bytes;
}
