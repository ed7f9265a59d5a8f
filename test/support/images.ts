/**
 * Images for tests, built in memory: layers in, blobs out; and the forms in which they are carried
 * (OCI layout, `docker save` archive, open image).
 *
 *     const built = image([await layer([file('etc/os-release', osRelease()), …])]);
 *     await scanImage(openImage(built), { cache });
 *     await writeLayout(folder, [built]);
 *     await writeFile('saved.tar', await dockerSave([built], ['app:1']));
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { type Digest, hexOf } from '../../lib/core/image/digest.ts';
import type { OpenImage, SaidBase } from '../../lib/core/image/open-image.ts';
import type { Platform } from '../../lib/core/image/platform.ts';
import { type BuiltLayer, type Entry, file, type Packing, sha256, symlink, tarOf } from './layers.ts';

export * from './layers.ts';

export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
export const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';
export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
export const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
export const DOCKER_CONFIG = 'application/vnd.docker.container.image.v1+json';

const LAYER_TYPES = {
  oci: {
    plain: 'application/vnd.oci.image.layer.v1.tar',
    gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
    zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  },
  docker: {
    plain: 'application/vnd.docker.image.rootfs.diff.tar',
    gzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
    zstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
  },
} as const satisfies Record<string, Record<Packing, string>>;

export interface Blob {
  readonly bytes: Buffer;
  readonly digest: Digest;
  readonly mediaType: string;
}

export interface BuiltImage {
  readonly platform: Platform;
  readonly created: string;
  readonly base: SaidBase;
  readonly manifest: Blob;
  readonly config: Blob;
  /** From the base upwards. */
  readonly layers: readonly (BuiltLayer & { readonly mediaType: string; readonly createdBy: string | null })[];
}

export interface ImageOptions {
  readonly flavour?: 'oci' | 'docker';
  readonly platform?: Platform;
  readonly created?: string;
  /** The instruction of each layer. */
  readonly history?: readonly string[];
  /** What its annotations say of its base. */
  readonly base?: Partial<SaidBase>;
  /** Members to add to the manifest, or to put in place of its own. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** The same for the configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
}

export function image(layers: readonly BuiltLayer[], options: ImageOptions = {}): BuiltImage {
  const { flavour = 'oci', platform = { os: 'linux', architecture: 'amd64' }, history } = options;
  const created = options.created ?? '2026-11-23T00:00:00.000Z';
  const base = { name: null, digest: null, ...options.base };
  const typed = layers.map((layer, at) => ({
    ...layer,
    mediaType: LAYER_TYPES[flavour][layer.packing],
    createdBy: history?.[at] ?? null,
  }));

  const config = jsonBlob(flavour === 'oci' ? OCI_CONFIG : DOCKER_CONFIG, {
    ...platform,
    created,
    config: {},
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    ...(history && { history: history.map((created_by) => ({ created_by })) }),
    ...options.config,
  });
  const mediaType = flavour === 'oci' ? OCI_MANIFEST : DOCKER_MANIFEST;
  const manifest = jsonBlob(mediaType, {
    schemaVersion: 2,
    mediaType,
    config: descriptorOf(config),
    layers: typed.map(descriptorOf),
    ...(options.base && { annotations: annotationsOf(base) }),
    ...options.manifest,
  });
  return { platform, created, base, manifest, config, layers: typed };
}

function annotationsOf({ name, digest }: SaidBase): object {
  return {
    ...(name !== null && { 'org.opencontainers.image.base.name': name }),
    ...(digest !== null && { 'org.opencontainers.image.base.digest': digest }),
  };
}

/** An index of images; `extra` descriptors (attestations, artifacts) come after them. */
export function index(
  images: readonly BuiltImage[],
  extra: readonly object[] = [],
  mediaType: string = OCI_INDEX,
): Blob {
  const manifests = [...images.map(({ manifest, platform }) => ({ ...descriptorOf(manifest), platform })), ...extra];
  return jsonBlob(mediaType, { schemaVersion: 2, mediaType, manifests });
}

export function jsonBlob(mediaType: string, value: unknown): Blob {
  const bytes = Buffer.from(JSON.stringify(value));
  return { bytes, digest: sha256(bytes), mediaType };
}

export function descriptorOf({ mediaType, digest, bytes }: Blob): object {
  return { mediaType, digest, size: bytes.length };
}

/** Everything that an image is made of, the manifest last: the order of a push. */
export function blobsOf({ layers, config, manifest }: BuiltImage): readonly Blob[] {
  return [...layers, config, manifest];
}

/** What a source of images hands to the scanner. */
export function openImage(built: BuiltImage): OpenImage {
  const stored = new Map(built.layers.map(({ digest, bytes }) => [digest, bytes]));
  return {
    digest: built.manifest.digest,
    platform: built.platform,
    created: built.created,
    base: built.base,
    layers: built.layers.map(({ digest, bytes, mediaType, diffId, createdBy }) => ({
      digest,
      size: bytes.length,
      mediaType,
      diffId,
      createdBy,
    })),
    async readLayer({ digest }) {
      return inPieces(stored.get(digest) ?? Buffer.alloc(0));
    },
  };
}

/** The files of an OCI layout: `top` (an index of its own) in place of the images' manifests. */
export function layoutFiles(images: readonly BuiltImage[], top?: Blob, extra: readonly Blob[] = []): readonly Entry[] {
  const manifests = top
    ? [descriptorOf(top)]
    : images.map(({ manifest, platform }) => ({ ...descriptorOf(manifest), platform }));
  const blobs = [...images.flatMap(blobsOf), ...(top ? [top] : []), ...extra];
  return [
    file('oci-layout', JSON.stringify({ imageLayoutVersion: '1.0.0' })),
    file('index.json', JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests })),
    ...new Map(blobs.map(({ digest, bytes }) => [digest, file(`blobs/sha256/${hexOf(digest)}`, bytes)])).values(),
  ];
}

/** Writes an OCI layout into a folder. */
export async function writeLayout(folder: string, images: readonly BuiltImage[], top?: Blob): Promise<void> {
  for (const { path, content } of layoutFiles(images, top)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content ?? '');
  }
}

/** An OCI layout in a tar. */
export async function layoutTar(images: readonly BuiltImage[], top?: Blob): Promise<Buffer> {
  return tarOf(layoutFiles(images, top));
}

/** `docker save` as Docker did it up to version 24: a folder a layer, equal layers as symbolic links. */
export async function dockerSave(images: readonly BuiltImage[], tags: readonly string[] = []): Promise<Buffer> {
  const places = new Map<Digest, string>();
  const entries = images.flatMap(({ layers, config }, nth) => [
    file(`${hexOf(config.digest)}.json`, config.bytes),
    ...layers.flatMap(({ diffId, tar }, at) => {
      const folder = hexOf(sha256(Buffer.from(`${nth} ${at} ${diffId}`)));
      const place = places.get(diffId);
      places.set(diffId, place ?? `${folder}/layer.tar`);
      return [
        file(`${folder}/VERSION`, '1.0'),
        place === undefined ? file(`${folder}/layer.tar`, tar) : symlink(`${folder}/layer.tar`, `../${place}`),
      ];
    }),
  ]);
  const manifest = images.map(({ layers, config }, nth) => ({
    Config: `${hexOf(config.digest)}.json`,
    RepoTags: tags[nth] === undefined ? null : [tags[nth]],
    Layers: layers.map(({ diffId }, at) => `${hexOf(sha256(Buffer.from(`${nth} ${at} ${diffId}`)))}/layer.tar`),
  }));
  return tarOf([...entries, file('manifest.json', JSON.stringify(manifest))]);
}

async function* inPieces(bytes: Buffer, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
