/**
 * A registry as ECR is one: images are pushed to the embedded registry over the distribution API, and
 * what was pushed is then in moto's ECR too, which has the API of ECR and no `/v2/`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRepositoryCommand, type ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';

import { startRegistry } from '../../../lib/adapters/local/registry/registry.ts';
import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import type { Digest } from '../../../lib/core/image/digest.ts';
import type { Blob } from '../../support/images.ts';

export interface EcrRegistry {
  /** Host and port of the distribution API. */
  readonly address: string;
  /** Makes the repository where there is none, and puts each piece in, manifests in their order. */
  push(repository: string, pushed: Push): Promise<Pushed>;
  stop(): Promise<void>;
}

export interface Push {
  readonly blobs: readonly Blob[];
  /** The last is what is pushed; those before it are what it lists. */
  readonly manifests: readonly Blob[];
  /** @default - none: by digest alone */
  readonly tag?: string;
}

export interface Pushed {
  readonly digest: Digest;
  readonly mediaType: string;
}

export async function startEcrRegistry(ecr: ECRClient): Promise<EcrRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'cavendish-ecr-'));
  const store = openLocalStore(join(folder, 'register.sqlite'));
  const registry = await startRegistry({
    folder: join(folder, 'registry'),
    store: store.register,
    host: '127.0.0.1',
    port: 0,
    now: () => new Date(),
  });
  const repositories = new Set<string>();

  async function put(path: string, { bytes, mediaType }: Blob): Promise<void> {
    const response = await fetch(`http://${registry.address}/v2/${path}`, {
      method: path.includes('/manifests/') ? 'PUT' : 'POST',
      headers: { 'content-type': mediaType },
      body: new Uint8Array(bytes),
    });
    if (response.status !== 201) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }

  return {
    address: registry.address,
    async push(repositoryName, { blobs, manifests, tag }) {
      if (!repositories.has(repositoryName)) {
        await ecr.send(new CreateRepositoryCommand({ repositoryName }));
        repositories.add(repositoryName);
      }
      for (const blob of blobs) await put(`${repositoryName}/blobs/uploads/?digest=${blob.digest}`, blob);
      for (const [at, manifest] of manifests.entries()) {
        const imageTag = at === manifests.length - 1 ? tag : undefined;
        await put(`${repositoryName}/manifests/${imageTag ?? manifest.digest}`, manifest);
        await ecr.send(
          new PutImageCommand({
            repositoryName,
            imageManifest: manifest.bytes.toString(),
            imageManifestMediaType: manifest.mediaType,
            imageDigest: manifest.digest,
            ...(imageTag !== undefined && { imageTag }),
          }),
        );
      }
      const pushed = manifests.at(-1)!;
      return { digest: pushed.digest, mediaType: pushed.mediaType };
    },
    async stop() {
      await registry.close();
      store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
