/**
 * Image manifests and indexes, as in the OCI image specification (manifest.md, image-index.md) and
 * Docker's Image Manifest Version 2, Schema 2.
 */
import { z } from 'zod';

import { CavendishError } from '../errors/error.ts';
import { type Digest, isDigest } from './digest.ts';
import { readDocument } from './documents.ts';
import {
  INDEX_TYPES,
  type IndexType,
  isIndexType,
  isManifestType,
  MANIFEST_TYPES,
  type ManifestType,
} from './media-types.ts';

/** What the distribution specification lets a registry refuse above. */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
const MAX_LAYERS = 1000;
const MAX_MANIFESTS = 1000;

const text = z.string().max(4096);
/** Media types end up in messages: visible characters of ASCII, and spaces before parameters. */
const type = text.regex(/^[ -~]*$/u, 'not a media type');
const digest = z.custom<Digest>((value) => typeof value === 'string' && isDigest(value), 'not a digest');

const platform = z.object({ os: text, architecture: text, variant: text.optional() });

const descriptor = z.object({
  mediaType: type,
  digest,
  size: z.int().nonnegative(),
  artifactType: type.optional(),
  platform: platform.optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

const manifest = z.object({
  schemaVersion: z.literal(2),
  mediaType: type.optional(),
  artifactType: type.optional(),
  config: descriptor,
  // Go writes an empty list as null.
  layers: z
    .array(descriptor)
    .max(MAX_LAYERS)
    .nullable()
    .transform((layers) => layers ?? []),
  subject: descriptor.optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

const index = z.object({
  schemaVersion: z.literal(2),
  mediaType: type.optional(),
  artifactType: type.optional(),
  manifests: z
    .array(descriptor)
    .max(MAX_MANIFESTS)
    .nullable()
    .transform((manifests) => manifests ?? []),
  subject: descriptor.optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

export type Descriptor = Readonly<z.output<typeof descriptor>>;

/** A manifest of one image (or of another artifact: see `notAnImage` in describe.ts). */
export interface ImageManifest extends Readonly<Omit<z.output<typeof manifest>, 'mediaType'>> {
  readonly kind: 'manifest';
  readonly mediaType: ManifestType;
}

/** An index (Docker: manifest list): one image a platform, and what belongs to them. */
export interface ImageIndex extends Readonly<Omit<z.output<typeof index>, 'mediaType'>> {
  readonly kind: 'index';
  readonly mediaType: IndexType;
}

/**
 * Reads a manifest or an index.
 *
 * @param mediaType - what a descriptor or the Content-Type header calls it (parameters allowed)
 * @throws CavendishError `bad-input` where it is neither or contradicts itself, `unsupported` for
 *   a media type that is neither, `limit-exceeded` above {@link MAX_MANIFEST_BYTES}
 */
export function parseManifest(bytes: Uint8Array, mediaType?: string): ImageManifest | ImageIndex {
  const head = readDocument(bytes, z.looseObject({ mediaType: type.optional() }), 'the manifest', MAX_MANIFEST_BYTES);
  const kind = typeOf(head, mediaType?.split(';', 1)[0]?.trim().toLowerCase());

  if (isIndexType(kind)) {
    return { ...readDocument(bytes, index, 'the index', MAX_MANIFEST_BYTES), kind: 'index', mediaType: kind };
  }
  return { ...readDocument(bytes, manifest, 'the manifest', MAX_MANIFEST_BYTES), kind: 'manifest', mediaType: kind };
}

/** One document must not be a manifest to one reader and an index to another (CVE-2021-41190). */
function typeOf(
  head: Readonly<Record<string, unknown>> & { readonly mediaType?: string | undefined },
  said: string | undefined,
): ManifestType | IndexType {
  const hasManifests = 'manifests' in head;
  const hasLayers = 'config' in head || 'layers' in head || 'fsLayers' in head;
  if (hasManifests && hasLayers)
    throw new CavendishError('bad-input', 'the manifest is a manifest and an index at once');
  if (said !== undefined && head.mediaType !== undefined && said !== head.mediaType) {
    throw new CavendishError('bad-input', `the manifest says that it is ${head.mediaType}, and is offered as ${said}`);
  }

  const kind = head.mediaType ?? said ?? (hasManifests ? INDEX_TYPES[0] : MANIFEST_TYPES[0]);
  if (!isManifestType(kind) && !isIndexType(kind)) {
    throw new CavendishError('unsupported', `"${kind}" is no image manifest that Cavendish reads`, {
      next: 'Images come as OCI manifests and indexes, or as Docker schema 2.',
    });
  }
  if (isIndexType(kind) !== hasManifests) {
    throw new CavendishError('bad-input', `the manifest is not what its media type (${kind}) says`);
  }
  return kind;
}
