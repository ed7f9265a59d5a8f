/**
 * Media types of images: OCI image specification (media-types.md) and Docker's Image Manifest
 * Version 2, Schema 2.
 */
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;

export const INDEX_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
] as const;

export const CONFIG_TYPES = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
] as const;

export type ManifestType = (typeof MANIFEST_TYPES)[number];
export type IndexType = (typeof INDEX_TYPES)[number];

/** How the bytes of a layer are packed, as far as its media type says. */
export type LayerPacking = 'plain' | 'gzip' | 'zstd';

const LAYER_PACKING: Readonly<Record<string, LayerPacking>> = {
  'application/vnd.oci.image.layer.v1.tar': 'plain',
  'application/vnd.oci.image.layer.v1.tar+gzip': 'gzip',
  'application/vnd.oci.image.layer.v1.tar+zstd': 'zstd',
  'application/vnd.docker.image.rootfs.diff.tar': 'plain',
  'application/vnd.docker.image.rootfs.diff.tar.gzip': 'gzip',
  'application/vnd.docker.image.rootfs.diff.tar.zstd': 'zstd',
};

/** Null for a layer that Cavendish does not read: foreign, encrypted, or of a type that it does not know. */
export function layerPacking(mediaType: string): LayerPacking | null {
  return Object.hasOwn(LAYER_PACKING, mediaType) ? (LAYER_PACKING[mediaType] ?? null) : null;
}

/** A layer that is kept elsewhere and is not given to registries (Windows base layers). */
export function isForeignLayer(mediaType: string): boolean {
  return (
    mediaType.startsWith('application/vnd.oci.image.layer.nondistributable.') ||
    mediaType.startsWith('application/vnd.docker.image.rootfs.foreign.')
  );
}

/** True where a container runtime would unpack it into a root file system. */
export function isFilesystemLayer(mediaType: string): boolean {
  return (
    mediaType.startsWith('application/vnd.oci.image.layer.') ||
    mediaType.startsWith('application/vnd.docker.image.rootfs.')
  );
}

export function isManifestType(mediaType: string): mediaType is ManifestType {
  return (MANIFEST_TYPES as readonly string[]).includes(mediaType);
}

export function isIndexType(mediaType: string): mediaType is IndexType {
  return (INDEX_TYPES as readonly string[]).includes(mediaType);
}

export function isConfigType(mediaType: string): boolean {
  return (CONFIG_TYPES as readonly string[]).includes(mediaType);
}
