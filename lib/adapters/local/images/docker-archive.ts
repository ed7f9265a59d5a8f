/**
 * Images in an archive of `docker save` as Docker made it up to version 24 (moby, image/spec/v1.2.md):
 * a manifest.json that names a configuration and layers. Newer archives are OCI layouts as well, and
 * are read as such.
 *
 * These archives hold no manifest, so there is no manifest digest: the image's digest is that of its
 * configuration, which Docker calls the image ID.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';

import { digestOf } from '../../../core/canonical/canonical.ts';
import { CavendishError, isCavendishError } from '../../../core/errors/error.ts';
import { MAX_CONFIG_BYTES, parseConfig } from '../../../core/image/config.ts';
import { describeImage } from '../../../core/image/describe.ts';
import type { Digest } from '../../../core/image/digest.ts';
import { readDocument } from '../../../core/image/documents.ts';
import type { Descriptor } from '../../../core/image/manifest.ts';
import { CONFIG_TYPES, MANIFEST_TYPES } from '../../../core/image/media-types.ts';
import type { OpenedImages, OpenImage, UnreadableImage } from '../../../pipeline/ports/image-source.ts';
import { type Files, missing } from './files.ts';

export const MANIFEST_FILE = 'manifest.json';
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

const entry = z.object({
  Config: z.string().min(1).max(4096),
  Layers: z.array(z.string().min(1).max(4096)).max(1000).nullish(),
});
const manifest = z.array(entry).min(1).max(1000);
type Entry = z.output<typeof entry>;

/**
 * Opens the images of an archive.
 *
 * @throws CavendishError `not-found`, `bad-input` where it is no such archive
 */
export async function openSaved(files: Files): Promise<OpenedImages> {
  const bytes = await files.read(MANIFEST_FILE, MAX_MANIFEST_BYTES);
  if (bytes === null) throw missing(files.name, MANIFEST_FILE);

  const images: OpenImage[] = [];
  const unreadable: UnreadableImage[] = [];
  for (const saved of readDocument(bytes, manifest, MANIFEST_FILE, MAX_MANIFEST_BYTES)) {
    const config = await files.read(saved.Config, MAX_CONFIG_BYTES);
    if (config === null) throw missing(files.name, saved.Config);
    const digest = digestOf(config);
    if ([...images, ...unreadable].some((other) => other.digest === digest)) continue;
    try {
      images.push(await openOne(files, saved, config, digest));
    } catch (error) {
      if (!isCavendishError(error) || error.code === 'unavailable') throw error;
      unreadable.push({ digest, platform: null, error });
    }
  }
  return { reference: files.name, images, unreadable, skipped: [], close: () => files.close() };
}

async function openOne(files: Files, { Config, Layers }: Entry, bytes: Uint8Array, digest: Digest): Promise<OpenImage> {
  const [stated] = /[0-9a-f]{64}/u.exec(Config) ?? [];
  if (stated !== undefined && digest !== `sha256:${stated}`) {
    throw new CavendishError('integrity-failed', `${Config} in ${files.name} does not have the digest of its name`);
  }
  const config = parseConfig(bytes);
  const diffIds = config.rootfs.diff_ids ?? [];
  const names = Layers ?? [];
  const layers: Descriptor[] = [];
  for (const [at, name] of names.entries()) layers.push(await layerOf(files, name, diffIds[at]));
  const image = describeImage(
    {
      kind: 'manifest',
      schemaVersion: 2,
      mediaType: MANIFEST_TYPES[1],
      config: { mediaType: CONFIG_TYPES[1], digest, size: bytes.byteLength },
      layers,
    },
    config,
  );

  const places = new Map(layers.map((layer, at) => [layer.digest, names[at]]));
  return {
    ...image,
    digest,
    async readLayer(layer, signal) {
      const place = places.get(layer.digest);
      if (place === undefined) throw missing(files.name, layer.digest);
      return files.stream(place, signal);
    },
  };
}

/** What a manifest would say of a layer. */
async function layerOf(files: Files, name: string, diffId: Digest | undefined): Promise<Descriptor> {
  const size = await files.size(name);
  if (size === null) throw missing(files.name, name);
  const [head = Buffer.alloc(0)] = await firstOf(await files.stream(name));
  const gzip = head[0] === 0x1f && head[1] === 0x8b;
  const zstd = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]).equals(head.subarray(0, 4));

  // A plain layer is its own diff ID. Nothing says what a compressed one has to be: it is what it is.
  const digest = !gzip && !zstd && diffId !== undefined ? diffId : await hashOf(await files.stream(name));
  const mediaType = `application/vnd.docker.image.rootfs.diff.tar${gzip ? '.gzip' : zstd ? '.zstd' : ''}`;
  return { mediaType, digest, size };
}

async function firstOf(bytes: AsyncIterable<Uint8Array>): Promise<readonly Uint8Array[]> {
  for await (const piece of bytes) return [piece];
  return [];
}

async function hashOf(bytes: AsyncIterable<Uint8Array>): Promise<Digest> {
  const hash = createHash('sha256');
  for await (const piece of bytes) hash.update(piece);
  return `sha256:${hash.digest('hex')}`;
}
