/** The registry as `up` runs it, in this process, and a look at what it holds. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { expect } from '@jest/globals';

import { startRegistry } from '../../../lib/adapters/local/registry/registry.ts';
import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { ociRegistry } from '../../../lib/adapters/oci/registry-source.ts';
import type { Digest } from '../../../lib/core/image/digest.ts';
import { layerPacking } from '../../../lib/core/image/media-types.ts';
import type { ImageLayer, OpenImage } from '../../../lib/core/image/open-image.ts';

export interface Registry {
  readonly address: string;
  /** Of the whole home. */
  readonly folder: string;
  /** Bodies of the work that pushes left, oldest first; each is given once. */
  readonly pushes: () => Promise<readonly Push[]>;
  readonly manifest: (repository: string, reference: string) => Promise<Manifest>;
  readonly close: () => Promise<void>;
}

export interface Push {
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: Digest;
  readonly mediaType: string;
}

export interface Manifest {
  readonly bytes: Buffer;
  readonly digest: Digest;
  readonly mediaType: string;
  readonly blobs: readonly { readonly digest: Digest; readonly mediaType: string; readonly size: number }[];
}

/** @param blobs - the folder of the blobs, where it is not in the home's */
export async function aHome(blobs?: string): Promise<Registry> {
  const folder = await mkdtemp(join(tmpdir(), 'cavendish-clients-'));
  const store = openLocalStore(join(folder, 'register.sqlite'));
  const faults: unknown[] = [];
  const { address, close } = await startRegistry({
    folder: blobs ?? join(folder, 'registry'),
    store: store.register,
    host: '127.0.0.1',
    port: 0,
    now: () => new Date(),
    onFault: (fault) => faults.push(fault),
  });

  return {
    address,
    folder,
    pushes: async () => {
      const pushes: Push[] = [];
      for (let work = await store.work.claim(new Date()); work !== null; work = await store.work.claim(new Date())) {
        pushes.push(work.body as unknown as Push);
        await store.work.done(work);
      }
      return pushes;
    },
    manifest: (repository, reference) => readManifest(address, repository, reference),
    close: async () => {
      await close();
      store.close();
      await rm(folder, { recursive: true, force: true });
      expect(faults).toEqual([]);
    },
  };
}

async function readManifest(address: string, repository: string, reference: string): Promise<Manifest> {
  const response = await fetch(`http://${address}/v2/${repository}/manifests/${reference}`);
  if (!response.ok) throw new Error(`${repository}:${reference} is not there: ${await response.text()}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const { config, layers = [] } = JSON.parse(String(bytes)) as {
    readonly config?: Manifest['blobs'][number];
    readonly layers?: Manifest['blobs'];
  };
  return {
    bytes,
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    mediaType: response.headers.get('content-type') ?? '',
    blobs: config === undefined ? layers : [config, ...layers],
  };
}

/** Reads an image as the scanner does, and checks each layer against its digest, size and diff ID. */
export async function expectReadable(address: string, reference: string): Promise<readonly OpenImage[]> {
  const open = await ociRegistry().open(`${address}/${reference}`);
  expect(open.unreadable).toEqual([]);
  for (const image of open.images) {
    for (const layer of image.layers) expect(await measure(image, layer)).toEqual({ ...layer, createdBy: null });
  }
  await open.close();
  return open.images;
}

async function measure(image: OpenImage, layer: ImageLayer): Promise<object> {
  const stored = createHash('sha256');
  let size = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of await image.readLayer(layer)) {
      stored.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  const plain = createHash('sha256');
  for await (const chunk of unpack(counted(), layer.mediaType)) plain.update(chunk);
  return {
    digest: `sha256:${stored.digest('hex')}`,
    size,
    mediaType: layer.mediaType,
    diffId: `sha256:${plain.digest('hex')}`,
    createdBy: null,
  };
}

async function* unpack(packed: AsyncIterable<Uint8Array>, mediaType: string): AsyncGenerator<Uint8Array> {
  const packing = layerPacking(mediaType);
  if (packing === 'plain' || packing === null) {
    yield* packed;
    return;
  }
  const stream = packing === 'gzip' ? createGunzip() : createZstdDecompress();
  const { pipeline } = await import('node:stream/promises');
  const done = pipeline(packed, stream);
  for await (const chunk of stream) yield chunk as Uint8Array;
  await done;
}

/** The files in a folder that was pulled, by the sha256 of what is in them. */
async function filesByDigest(folder: string): Promise<ReadonlySet<Digest>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const digests = new Set<Digest>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    digests.add(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  }
  return digests;
}

/** Expects a pulled folder to hold the manifest and each of its blobs, byte for byte. */
export async function expectPulled(folder: string, { digest, blobs }: Manifest): Promise<void> {
  const held = await filesByDigest(folder);
  for (const wanted of [digest, ...blobs.map((blob) => blob.digest)]) expect(held).toContain(wanted);
}
