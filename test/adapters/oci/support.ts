/** Registries for tests of the client: the embedded one, and others that misbehave as told. */
import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { OpenedImages } from '../../../lib/pipeline/ports/image-source.ts';
import { sha256, type TestImage } from '../local/registry/support.ts';

export interface FakeRegistry {
  readonly address: string;
  /** Method, path and Authorization header of each request, in the order they came. */
  readonly asked: { readonly method: string; readonly path: string; readonly authorization: string | undefined }[];
  readonly close: () => Promise<void>;
}

export type Reaction = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that answers as told. */
export async function aServer(react: Reaction): Promise<FakeRegistry> {
  const asked: FakeRegistry['asked'] = [];
  const server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    asked.push({ method, path, authorization: headers.authorization });
    react(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Serves images by digest, and the last as the tag `1.0` of `team/app`. */
export function serving(images: readonly TestImage[]): Reaction {
  const blobs = new Map(images.flatMap(({ blobs: all }) => all).map((blob) => [`blobs/${sha256(blob)}`, blob]));
  const manifests = new Map(images.map((image) => [`manifests/${image.digest}`, image]));
  const last = images.at(-1);
  if (last !== undefined) manifests.set('manifests/1.0', last);

  return ({ url = '' }, response) => {
    const path = url.replace('/v2/team/app/', '');
    const manifest = manifests.get(path);
    const blob = blobs.get(path);
    if (manifest !== undefined) {
      response.writeHead(200, { 'content-type': manifest.mediaType }).end(manifest.manifest);
    } else if (blob !== undefined) response.writeHead(200).end(blob);
    else response.writeHead(404, { 'content-type': 'application/json' }).end('{"errors":[{"code":"UNKNOWN"}]}');
  };
}

/** The bytes of every layer of every image. */
export async function layersOf({ images }: OpenedImages): Promise<string[][]> {
  return Promise.all(
    images.map(async (image) => {
      const layers: string[] = [];
      for (const layer of image.layers) layers.push(String(await bytesOf(await image.readLayer(layer))));
      return layers;
    }),
  );
}

export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** Writes an OCI layout that holds these, and lists the last, or those that are named. */
export async function aLayout(
  images: readonly TestImage[],
  names: Readonly<Record<string, TestImage>> = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cavendish-layout-'));
  const blobs = join(folder, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });
  for (const { blobs: parts, manifest } of images) {
    for (const bytes of [...parts, manifest]) await writeFile(join(blobs, sha256(bytes).slice(7)), bytes);
  }
  const entry = ({ manifest, mediaType, digest }: TestImage, name?: string): object => ({
    mediaType,
    digest,
    size: manifest.length,
    ...(name !== undefined && { annotations: { 'org.opencontainers.image.ref.name': name } }),
  });
  const named = Object.entries(names).map(([name, image]) => entry(image, name));
  const manifests = named.length > 0 ? named : images.slice(-1).map((image) => entry(image));
  await writeFile(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
  await writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  return folder;
}
