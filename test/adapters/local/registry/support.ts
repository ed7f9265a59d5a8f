/** A registry for a test, over real HTTP on loopback, and images to push to it. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type RegistryOptions, startRegistry } from '../../../../lib/adapters/local/registry/registry.ts';
import type { Digest } from '../../../../lib/core/image/digest.ts';
import {
  DOCKER_CONFIG,
  DOCKER_LIST,
  DOCKER_MANIFEST,
  OCI_CONFIG,
  OCI_INDEX,
  OCI_MANIFEST,
  sha256 as sha256Of,
} from '../../../support/images.ts';
import { type MemoryStore, memoryStore } from '../../../support/memory-store.ts';

export { DOCKER_LIST, DOCKER_MANIFEST, OCI_CONFIG, OCI_INDEX, OCI_MANIFEST };

export const OCI_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

export interface TestRegistry {
  readonly folder: string;
  readonly address: string;
  readonly port: number;
  readonly store: MemoryStore;
  readonly faults: unknown[];
  /** How often the worker was woken. */
  readonly woken: () => number;
  readonly send: (method: string, path: string, options?: Sent) => Promise<Reply>;
  /** The files that hold blobs, and those under way. */
  readonly files: () => Promise<{ readonly blobs: string[]; readonly uploads: string[] }>;
  readonly close: () => Promise<void>;
}

export interface Sent {
  readonly headers?: Record<string, string>;
  /** Several pieces go chunked, without a length. */
  readonly body?: Uint8Array | string | readonly Uint8Array[];
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
  /** The code of the specification's error form. */
  readonly code: string | undefined;
}

export async function aRegistry(options: Partial<RegistryOptions> = {}): Promise<TestRegistry> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'cavendish-registry-')));
  const store = memoryStore();
  const faults: unknown[] = [];
  let woken = 0;
  const registry = await startRegistry({
    folder,
    store: store.register,
    host: '127.0.0.1',
    port: 0,
    now: () => new Date('2026-11-23T12:00:00Z'),
    onPush: () => {
      woken += 1;
    },
    onFault: (fault) => faults.push(fault),
    ...options,
  });
  return {
    folder,
    address: registry.address,
    port: registry.port,
    store,
    faults,
    woken: () => woken,
    send: (method, path, sent) => send(registry.port, method, path, sent),
    files: async () => ({
      blobs: await filesIn(join(folder, 'blobs')),
      uploads: await filesIn(join(folder, 'uploads')),
    }),
    close: async () => {
      await registry.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A request as it is: fetch would refuse some of the headers that tests send. */
function send(port: number, method: string, path: string, { headers = {}, body }: Sent = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const whole = typeof body === 'string' || body instanceof Uint8Array;
    const length = whole ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    const sent = request({ host: '127.0.0.1', port, method, path, agent: false, headers: { ...length, ...headers } });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const answer = Buffer.concat(chunks);
        const text = answer.toString('utf8');
        const code = /"code":"([A-Z_]+)"/u.exec(text)?.[1];
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer, text, code });
      });
    });
    if (whole) sent.end(body);
    else {
      for (const piece of body ?? []) sent.write(piece);
      sent.end();
    }
  });
}

export function sha256(bytes: Uint8Array | string): Digest {
  return sha256Of(Buffer.from(bytes));
}

export function sha512(bytes: Uint8Array | string): Digest {
  return `sha512:${createHash('sha512').update(bytes).digest('hex')}`;
}

export async function pushBlob(registry: TestRegistry, repository: string, bytes: Uint8Array): Promise<Digest> {
  const digest = sha256(bytes);
  const { status, text } = await registry.send('POST', `/v2/${repository}/blobs/uploads/?digest=${digest}`, {
    body: bytes,
  });
  if (status !== 201) throw new Error(`the blob was not taken: ${status} ${text}`);
  return digest;
}

export interface TestImage {
  readonly blobs: readonly Uint8Array[];
  readonly manifest: Buffer;
  readonly mediaType: string;
  readonly digest: Digest;
}

/** An image whose layers are these bytes; in Docker's types if need be. */
export function anImage(layers: readonly string[], { docker = false, architecture = 'amd64' } = {}): TestImage {
  const config = Buffer.from(
    JSON.stringify({
      os: 'linux',
      architecture,
      created: '2026-11-20T08:00:00Z',
      rootfs: { type: 'layers', diff_ids: layers.map((layer) => sha256(`plain ${layer}`)) },
      history: layers.map((layer) => ({ created_by: `RUN ${layer}` })),
    }),
  );
  const mediaType = docker ? DOCKER_MANIFEST : OCI_MANIFEST;
  const layerType = docker ? 'application/vnd.docker.image.rootfs.diff.tar.gzip' : OCI_LAYER;
  const stored = layers.map((layer) => Buffer.from(layer));
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType,
      config: descriptor(config, docker ? DOCKER_CONFIG : OCI_CONFIG),
      layers: stored.map((layer) => descriptor(layer, layerType)),
    }),
  );
  return { blobs: [config, ...stored], manifest, mediaType, digest: sha256(manifest) };
}

export function descriptor(bytes: Uint8Array, mediaType: string): { mediaType: string; digest: Digest; size: number } {
  return { mediaType, digest: sha256(bytes), size: bytes.byteLength };
}

/** An index of images, one a platform. */
export function anIndex(
  images: readonly TestImage[],
  { docker = false, extra = [] as readonly object[] } = {},
): TestImage {
  const mediaType = docker ? DOCKER_LIST : OCI_INDEX;
  const manifests = images.map((image, at) => ({
    ...descriptor(image.manifest, image.mediaType),
    platform: { os: 'linux', architecture: at === 0 ? 'amd64' : 'arm64' },
  }));
  const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests: [...manifests, ...extra] }));
  return { blobs: [], manifest, mediaType, digest: sha256(manifest) };
}

export async function putManifest(
  registry: TestRegistry,
  repository: string,
  reference: string,
  { manifest, mediaType }: Pick<TestImage, 'manifest' | 'mediaType'>,
): Promise<Reply> {
  return registry.send('PUT', `/v2/${repository}/manifests/${reference}`, {
    body: manifest,
    headers: { 'content-type': mediaType },
  });
}

/** Pushes an image with its blobs, and expects it to be taken. */
export async function pushTestImage(
  registry: TestRegistry,
  repository: string,
  reference: string,
  image: TestImage,
): Promise<void> {
  for (const blob of image.blobs) await pushBlob(registry, repository, blob);
  const { status, text } = await putManifest(registry, repository, reference, image);
  if (status !== 201) throw new Error(`the manifest was not taken: ${status} ${text}`);
}

/** All outbox entries, as a worker takes them. */
export async function outbox({ store }: TestRegistry): Promise<readonly { id: string; type: string; body: unknown }[]> {
  const entries: { id: string; type: string; body: unknown }[] = [];
  const now = new Date('2026-11-23T13:00:00Z');
  for (let work = await store.work.claim(now); work !== null; work = await store.work.claim(now)) {
    entries.push({ id: work.id, type: work.type, body: work.body });
    await store.work.done(work);
  }
  return entries;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
