import { rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { pushImage } from '../../../lib/adapters/oci/push-image.ts';
import {
  anImage,
  anIndex,
  aRegistry,
  OCI_INDEX,
  OCI_MANIFEST,
  outbox,
  sha256,
  type TestImage,
  type TestRegistry,
} from '../local/registry/support.ts';
import { aLayout, aServer } from './support.ts';

const IMAGE = anImage(['base', 'app']);
const ARM = anImage(['base', 'arm'], { architecture: 'arm64' });

let registry: TestRegistry;
const folders: string[] = [];
beforeEach(async () => {
  registry = await aRegistry();
});
afterEach(async () => {
  await registry.close();
  expect(registry.faults).toEqual([]);
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function layoutOf(...parts: Parameters<typeof aLayout>): Promise<string> {
  const folder = await aLayout(...parts);
  folders.push(folder);
  return folder;
}

const push = (layout: string, tag = '1.0', address = registry.address): ReturnType<typeof pushImage> =>
  pushImage({ address, repository: 'team/app', tag, layout, pauseMs: 1 });

async function expectHeld({ manifest, blobs }: TestImage, reference: string): Promise<void> {
  expect((await registry.send('GET', `/v2/team/app/manifests/${reference}`)).body.equals(manifest)).toBe(true);
  for (const blob of blobs) {
    expect((await registry.send('GET', `/v2/team/app/blobs/${sha256(blob)}`)).body.equals(Buffer.from(blob))).toBe(
      true,
    );
  }
}

describe('pushImage', () => {
  it('pushes an image, its bytes as they are', async () => {
    const pushed = await push(await layoutOf([IMAGE]));
    expect(pushed).toEqual({ digest: IMAGE.digest, mediaType: OCI_MANIFEST, sent: 3, held: 0 });
    await expectHeld(IMAGE, '1.0');
    expect((await outbox(registry)).map(({ body }) => body)).toMatchObject([{ tag: '1.0', digest: IMAGE.digest }]);
  });

  it('sends no blob that the registry holds', async () => {
    await push(await layoutOf([IMAGE]));
    expect(await push(await layoutOf([ARM]))).toMatchObject({ sent: 2, held: 1 });
    expect(await push(await layoutOf([ARM]))).toMatchObject({ sent: 0, held: 3 });
  });

  it('pushes the images of an index by digest, then the index by tag', async () => {
    const index = anIndex([IMAGE, ARM]);
    expect(await push(await layoutOf([IMAGE, ARM, index]))).toMatchObject({
      digest: index.digest,
      mediaType: OCI_INDEX,
    });
    await expectHeld(index, '1.0');
    await expectHeld(ARM, ARM.digest);
    const pushes = (await outbox(registry)).map(({ body }) => body as { tag: string | null });
    expect(pushes.map(({ tag }) => tag)).toEqual([null, null, '1.0']);
  });

  it('picks the image that has the name of the tag', async () => {
    const layout = await layoutOf([IMAGE, ARM], { '1.0': ARM, '2.0': IMAGE });
    expect((await push(layout, '2.0')).digest).toBe(IMAGE.digest);
    await expect(push(layout, '3.0')).rejects.toMatchObject({
      code: 'wrong-use',
      next: expect.stringContaining('1.0, 2.0'),
    });
  });

  it('says what is no layout', async () => {
    await expect(push('/nowhere')).rejects.toMatchObject({
      code: 'not-found',
      next: expect.stringContaining('OCI layout'),
    });
    const layout = await layoutOf([IMAGE]);
    await writeFile(join(layout, 'index.json'), '{');
    await expect(push(layout)).rejects.toMatchObject({ code: 'bad-input' });
  });

  const blobFile = (layout: string, digest: string): string => join(layout, 'blobs', 'sha256', digest.slice(7));

  it('pushes no manifest that was altered', async () => {
    const layout = await layoutOf([IMAGE]);
    await writeFile(blobFile(layout, IMAGE.digest), ARM.manifest);
    await expect(push(layout)).rejects.toMatchObject({ code: 'integrity-failed' });
  });

  it('passes on why the registry refuses a truncated blob', async () => {
    const layout = await layoutOf([IMAGE]);
    await truncate(blobFile(layout, sha256('app')), 1);
    await expect(push(layout)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/did not take the blob sha256:.*: what was sent \(1 bytes\) is not sha256:/u),
    });
    expect((await registry.send('HEAD', '/v2/team/app/manifests/1.0')).status).toBe(404);
  });

  it('misses a blob by name', async () => {
    const layout = await layoutOf([IMAGE]);
    await rm(blobFile(layout, sha256('app')));
    await expect(push(layout)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(sha256('app')),
    });
  });

  it('pushes an image without the layers that are kept elsewhere', async () => {
    const text = JSON.parse(String(IMAGE.manifest)) as { layers: object[] };
    const foreign = 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip';
    const [base, app] = text.layers;
    const manifest = Buffer.from(JSON.stringify({ ...text, layers: [{ ...base, mediaType: foreign }, app] }));
    const image = { ...IMAGE, manifest, digest: sha256(manifest) };
    const layout = await layoutOf([image]);
    await rm(blobFile(layout, sha256('base')));
    expect(await push(layout)).toMatchObject({ digest: image.digest, sent: 2 });
  });

  it('does not follow indexes without end', async () => {
    const chain = [IMAGE];
    for (let depth = 0; depth < 4; depth += 1) chain.push(anIndex(chain.slice(-1)));
    await expect(push(await layoutOf(chain))).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  it('reads no document that is too large', async () => {
    const layout = await layoutOf([IMAGE]);
    await truncate(join(layout, 'index.json'), 5 * 1024 * 1024);
    await expect(push(layout)).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  it('names the address where nothing listens', async () => {
    const gone = await aServer(() => undefined);
    await gone.close();
    await expect(push(await layoutOf([IMAGE]), '1.0', gone.address)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(gone.address),
    });
  });

  it.each([
    ['fails', 500, {}, '<html>', /did not take the blob .*: it answered 500/u],
    ['says why', 403, {}, '{"errors":[{"code":"DENIED","message":"read only"}]}', /: read only$/u],
    ['does not say where', 202, {}, '', /does not say where to send/u],
    ['sends elsewhere', 202, { location: 'http://127.0.0.1:1/' }, '', /does not say where to send/u],
  ])('ends where a registry %s', async (_, status, headers, body, says) => {
    const other = await aServer((request, response) => {
      if (request.method === 'POST') response.writeHead(status, headers).end(body);
      else response.writeHead(404).end();
    });
    await expect(push(await layoutOf([IMAGE]), '1.0', other.address)).rejects.toThrow(says);
    await other.close();
  });
});
