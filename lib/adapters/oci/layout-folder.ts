/** An OCI image layout in a folder (image specification, image-layout.md), read to be pushed. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { CavendishError } from '../../core/errors/error.ts';
import { type Digest, hexOf } from '../../core/image/digest.ts';
import { type Descriptor, MAX_MANIFEST_BYTES, parseManifest } from '../../core/image/manifest.ts';
import { INDEX_TYPES } from '../../core/image/media-types.ts';
import { errorCode } from './failures.ts';
import { verify } from './verify.ts';

/** The annotation by which a layout names its images. */
const NAME = 'org.opencontainers.image.ref.name';

export interface LayoutFolder {
  /**
   * The image to push as a tag: the only one, or the one that has the tag's name.
   *
   * @throws CavendishError `not-found`, `wrong-use` where there are several and none has that name
   */
  pick(tag: string): Promise<Descriptor>;
  /** A manifest, verified. @throws CavendishError `not-found`, `integrity-failed`, `limit-exceeded` */
  manifest(digest: Digest): Promise<Uint8Array>;
  has(digest: Digest): Promise<boolean>;
  stream(digest: Digest): ReadableStream<Uint8Array>;
}

export function layoutFolder(folder: string): LayoutFolder {
  const blob = (digest: Digest) => join(folder, 'blobs', digest.slice(0, digest.indexOf(':')), hexOf(digest));

  async function pick(tag: string): Promise<Descriptor> {
    const index = parseManifest(await readSmall(join(folder, 'index.json')), INDEX_TYPES[0]);
    const entries = index.kind === 'index' ? index.manifests : [];
    const named = entries.filter(({ annotations }) => annotations?.[NAME] === tag);
    const [only, ...others] = entries.length === 1 ? entries : named;
    if (only !== undefined && others.length === 0) return only;
    throw new CavendishError(
      'wrong-use',
      `${folder} holds ${entries.length} images, and ${named.length} named "${tag}"`,
      {
        next: `Push one of: ${entries.map(({ annotations, digest }) => annotations?.[NAME] ?? digest).join(', ')}`,
      },
    );
  }

  return {
    pick,
    manifest: async (digest) => {
      const bytes = await readSmall(blob(digest));
      verify(bytes, digest, `a manifest in ${folder}`);
      return bytes;
    },
    has: async (digest) => {
      try {
        return (await stat(blob(digest))).isFile();
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    stream: (digest) => Readable.toWeb(createReadStream(blob(digest))) as ReadableStream<Uint8Array>,
  };
}

/** A document, read no further than a manifest may be long. */
async function readSmall(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size <= MAX_MANIFEST_BYTES) return await file.readFile();
      throw new CavendishError('limit-exceeded', `${path} has ${size} bytes; at most ${MAX_MANIFEST_BYTES} are read`);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new CavendishError('not-found', `${path} is not there`, {
      next: 'An OCI layout has an index.json and a folder blobs/.',
      cause: error,
    });
  }
}

function isMissing(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
