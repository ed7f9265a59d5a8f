/**
 * What a manifest and its configuration say together, and which manifests are no images.
 */
import { CavendishError } from '../errors/error.ts';
import { plainLine } from '../text/plain.ts';
import type { ImageConfig } from './config.ts';
import { isDigest } from './digest.ts';
import type { Descriptor, ImageManifest } from './manifest.ts';
import { isConfigType, isFilesystemLayer } from './media-types.ts';
import type { ImageDescription, SaidBase } from './open-image.ts';
import type { Platform } from './platform.ts';

/** Instructions may hold whole scripts. */
const MAX_INSTRUCTION = 4096;

/** Longer ones name no image. */
const MAX_BASE_NAME = 512;

const BASE = 'org.opencontainers.image.base';

/** Set by BuildKit on the manifests of an index that attest to others. */
const ATTESTATION = 'vnd.docker.reference.type';

/**
 * Why an entry of an index is no image; null where it may be one.
 *
 * An annotation alone proves nothing: a client would still pull that entry by its platform.
 */
export function notAnImageByDescriptor({ platform, annotations }: Descriptor): string | null {
  if (platform?.os !== 'unknown' || platform.architecture !== 'unknown') return null;
  const kind = annotations?.[ATTESTATION];
  return kind === undefined ? 'no image: its platform is unknown/unknown' : `${kind} of another image`;
}

/** Why a manifest is no image but another artifact; null where it is one. */
export function notAnImage({ config, layers, artifactType }: ImageManifest): string | null {
  if (!isConfigType(config.mediaType)) return `an artifact of type ${artifactType ?? config.mediaType}`;

  // Older signatures and attestations carry an image's configuration and layers that are no file systems.
  const [first] = layers;
  if (first !== undefined && !layers.some(({ mediaType }) => isFilesystemLayer(mediaType))) {
    return `an artifact of type ${artifactType ?? first.mediaType}`;
  }
  return null;
}

/**
 * Joins a manifest and its configuration.
 *
 * @throws CavendishError `integrity-failed` where they do not have the same number of layers
 */
export function describeImage(manifest: ImageManifest, config: ImageConfig): ImageDescription {
  const diffIds = config.rootfs.diff_ids ?? [];
  if (diffIds.length !== manifest.layers.length) {
    throw new CavendishError(
      'integrity-failed',
      `the manifest has ${manifest.layers.length} layers, its configuration ${diffIds.length}`,
    );
  }
  const instructions = instructionsOf(config, diffIds.length);
  return {
    platform: platformOf(config),
    created: instantOf(config.created),
    layers: diffIds.flatMap((diffId, at) => {
      const stored = manifest.layers[at];
      if (stored === undefined) return [];
      const { digest, size, mediaType } = stored;
      return [{ digest, size, mediaType, diffId, createdBy: instructions[at] ?? null }];
    }),
    base: baseOf(manifest, config),
  };
}

/** The manifest's annotations, or the labels of a builder that writes them there. */
function baseOf({ annotations }: Pick<ImageManifest, 'annotations'>, { config }: ImageConfig): SaidBase {
  const said = (what: string): string => annotations?.[`${BASE}.${what}`] ?? config?.Labels?.[`${BASE}.${what}`] ?? '';
  const [name, digest] = [said('name'), said('digest')];
  return {
    name: name === '' || name.length > MAX_BASE_NAME ? null : plainLine(name),
    digest: isDigest(digest) ? digest : null,
  };
}

function platformOf({ os, architecture, variant }: ImageConfig): Platform {
  const said = filled(variant);
  return said === null ? { os, architecture } : { os, architecture, variant: said };
}

/** The instructions that made layers; none where history and layers do not fit. */
function instructionsOf({ history }: ImageConfig, layers: number): readonly (string | null)[] {
  const made = (history ?? []).filter(({ empty_layer }) => empty_layer !== true);
  return made.length === layers ? made.map(({ created_by }) => oneLine(filled(created_by))) : [];
}

function instantOf(created: string | null | undefined): string | null {
  const instant = new Date(created ?? '');
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

/** Go leaves members out, or writes them empty. */
function filled(text: string | null | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

function oneLine(instruction: string | null): string | null {
  return instruction === null ? null : plainLine(instruction.slice(0, MAX_INSTRUCTION).replaceAll(/\s+/gu, ' '));
}
