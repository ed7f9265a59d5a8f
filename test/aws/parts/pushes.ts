/** What people push: the bundled sample, small Debians of our own, an index of two, an artifact that is no image. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { SAMPLE } from '../../../lib/cli/sample/sample.ts';
import type { Digest } from '../../../lib/core/image/digest.ts';
import { dpkgStatus, osRelease } from '../../support/debian.ts';
import {
  type Blob,
  type BuiltImage,
  descriptorOf,
  file,
  image,
  index,
  jsonBlob,
  layer,
  OCI_MANIFEST,
} from '../../support/images.ts';
import type { Push } from './registry.ts';

/** The real image that `npm start` judges. */
export async function samplePush(tag: string): Promise<Push> {
  const blob = async ({
    digest,
    mediaType,
  }: {
    readonly digest: string;
    readonly mediaType: string;
  }): Promise<Blob> => {
    const bytes = await readFile(join(SAMPLE.layout, 'blobs', ...digest.split(':')));
    return { bytes, digest: digest as Digest, mediaType };
  };
  const manifest = await blob({ digest: SAMPLE.digest, mediaType: OCI_MANIFEST });
  const { config, layers } = JSON.parse(manifest.bytes.toString()) as {
    readonly config: { readonly digest: string; readonly mediaType: string };
    readonly layers: readonly { readonly digest: string; readonly mediaType: string }[];
  };
  return { blobs: await Promise.all([config, ...layers].map(blob)), manifests: [manifest], tag };
}

/** A Debian with one package and a file that makes it an image of its own. */
export async function debian(what: string, architecture = 'amd64'): Promise<BuiltImage> {
  const packages = [{ name: 'perl-base', version: '5.36.0-7+deb12u3', source: 'perl', architecture }];
  const entries = [
    file('etc/os-release', osRelease()),
    file('var/lib/dpkg/status', dpkgStatus(packages)),
    file('app/what', what),
  ];
  return image([await layer(entries)], { platform: { os: 'linux', architecture } });
}

export function imagePush({ layers, config, manifest }: BuiltImage, tag?: string): Push {
  return { blobs: [...layers, config], manifests: [manifest], ...(tag !== undefined && { tag }) };
}

export function indexPush(images: readonly BuiltImage[], tag: string): Push {
  return {
    blobs: images.flatMap(({ layers, config }) => [...layers, config]),
    manifests: [...images.map(({ manifest }) => manifest), index(images)],
    tag,
  };
}

export const ARTIFACT_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** A signature, as cosign pushes one. */
export function artifactPush(): Push {
  const empty: Blob = jsonBlob('application/vnd.oci.empty.v1+json', {});
  const signature = jsonBlob(ARTIFACT_TYPE, { payload: 'of a test' });
  const manifest = jsonBlob(OCI_MANIFEST, {
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    artifactType: ARTIFACT_TYPE,
    config: descriptorOf(empty),
    layers: [descriptorOf(signature)],
  });
  return { blobs: [empty, signature], manifests: [manifest] };
}
