import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { isListed } from '../../../../lib/adapters/local/registry/catalogue.ts';
import {
  anImage,
  anIndex,
  aRegistry,
  descriptor,
  DOCKER_LIST,
  DOCKER_MANIFEST,
  OCI_CONFIG,
  OCI_INDEX,
  OCI_LAYER,
  OCI_MANIFEST,
  outbox,
  pushBlob,
  pushTestImage,
  putManifest,
  sha256,
  sha512,
  type TestRegistry,
} from './support.ts';

let registry: TestRegistry;
beforeEach(async () => {
  registry = await aRegistry();
});
afterEach(async () => {
  await registry.close();
  expect(registry.faults).toEqual([]);
});

const IMAGE = anImage(['base', 'app']);

/** Spaces, the order of members and what nobody knows: bytes that no one may touch. */
function oddly(manifest: Buffer): Buffer {
  return Buffer.from(
    ` ${JSON.stringify({ 'x-unknown': { b: 1, a: [] }, ...JSON.parse(String(manifest)) }, null, 3)}\n`,
  );
}

describe('a manifest', () => {
  it.each([
    ['OCI', {}, OCI_MANIFEST],
    ['Docker schema 2', { docker: true }, DOCKER_MANIFEST],
  ])('of %s comes back byte for byte, by tag and by digest', async (_, form, mediaType) => {
    const made = anImage(['base', 'app'], form);
    const manifest = oddly(made.manifest);
    const image = { ...made, manifest, digest: sha256(manifest) };
    await pushTestImage(registry, 'team/app', '1.0', image);

    for (const reference of ['1.0', image.digest, encodeURIComponent(image.digest)]) {
      const path = `/v2/team/app/manifests/${reference}`;
      const reply = await registry.send('GET', path, { headers: { accept: 'text/plain' } });
      const headers = { 'content-type': mediaType, 'docker-content-digest': image.digest };
      expect(reply).toMatchObject({ status: 200, headers });
      expect(reply.body.equals(manifest)).toBe(true);

      const head = await registry.send('HEAD', path);
      expect(head).toMatchObject({ status: 200, headers: { ...headers, 'content-length': String(manifest.length) } });
      expect(head.body).toHaveLength(0);
    }
  });

  it('leaves the work that follows from it, and wakes the worker', async () => {
    await pushTestImage(registry, 'team/app', '1.0', IMAGE);

    expect(registry.woken()).toBe(1);
    expect(await outbox(registry)).toEqual([
      {
        id: `push#team/app#1.0#${IMAGE.digest}#1`,
        type: 'image-pushed',
        body: {
          repository: 'team/app',
          tag: '1.0',
          digest: IMAGE.digest,
          mediaType: OCI_MANIFEST,
          pushedAt: '2026-11-23T12:00:00.000Z',
        },
      },
    ]);
  });

  it('pushed again is an event of its own', async () => {
    await pushTestImage(registry, 'team/app', '1.0', IMAGE);
    await pushTestImage(registry, 'team/app', '1.0', IMAGE);
    await pushTestImage(registry, 'team/app', IMAGE.digest, IMAGE);

    expect((await outbox(registry)).map(({ id }) => id)).toEqual([
      `push#team/app#1.0#${IMAGE.digest}#1`,
      `push#team/app#1.0#${IMAGE.digest}#2`,
      `push#team/app##${IMAGE.digest}#3`,
    ]);
  });

  it('pushed to one tag by many at once loses no push', async () => {
    await pushTestImage(registry, 'team/app', '1.0', IMAGE);
    const replies = await Promise.all(Array.from({ length: 8 }, () => putManifest(registry, 'team/app', '1.0', IMAGE)));
    expect(replies.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(new Set((await outbox(registry)).map(({ id }) => id)).size).toBe(9);
  });

  it('moves a tag', async () => {
    const other = anImage(['base', 'other']);
    await pushTestImage(registry, 'team/app', 'latest', IMAGE);
    await pushTestImage(registry, 'team/app', 'latest', other);
    const { headers } = await registry.send('HEAD', '/v2/team/app/manifests/latest');
    expect(headers['docker-content-digest']).toBe(other.digest);
    expect((await registry.send('HEAD', `/v2/team/app/manifests/${IMAGE.digest}`)).status).toBe(200);
  });

  it('is known by its sha512 where that is how it was pushed', async () => {
    for (const blob of IMAGE.blobs) await pushBlob(registry, 'team/app', blob);
    const digest = sha512(IMAGE.manifest);
    const put = await putManifest(registry, 'team/app', digest, IMAGE);
    expect(put).toMatchObject({ status: 201, headers: { 'docker-content-digest': digest } });
    expect((await registry.send('GET', `/v2/team/app/manifests/${digest}`)).body.equals(IMAGE.manifest)).toBe(true);
  });

  it('is refused where a blob of it was not pushed, and leaves nothing', async () => {
    const [config] = IMAGE.blobs;
    if (config !== undefined) await pushBlob(registry, 'team/app', config);
    const put = await putManifest(registry, 'team/app', '1.0', IMAGE);
    expect(put).toMatchObject({ status: 404, code: 'MANIFEST_BLOB_UNKNOWN' });
    expect(put.text).toContain(`2 parts of it were not pushed: ${sha256('base')}, ${sha256('app')}`);

    expect(await registry.send('GET', '/v2/team/app/manifests/1.0')).toMatchObject({
      status: 404,
      code: 'MANIFEST_UNKNOWN',
    });
    expect(await outbox(registry)).toEqual([]);
    expect(registry.woken()).toBe(0);
  });

  it('may name layers that are kept elsewhere, and a subject that is yet to come', async () => {
    const [config = Buffer.alloc(0)] = IMAGE.blobs;
    await pushBlob(registry, 'team/app', config);
    const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
    const manifest = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: OCI_MANIFEST,
        config: descriptor(config, OCI_CONFIG),
        layers: [{ ...descriptor(Buffer.from('elsewhere'), foreign), urls: ['https://example.com/layer'] }],
        subject: descriptor(Buffer.from('to come'), OCI_MANIFEST),
      }),
    );
    expect((await putManifest(registry, 'team/app', '1.0', { manifest, mediaType: OCI_MANIFEST })).status).toBe(201);
  });

  it.each([
    ['is not JSON', 'x', OCI_MANIFEST, /not JSON/u],
    ['is empty', '', OCI_MANIFEST, /not JSON/u],
    ['has no configuration', '{"schemaVersion":2,"layers":[]}', OCI_MANIFEST, /config/u],
    ['is offered as what it is not', IMAGE.manifest, OCI_INDEX, /offered as/u],
    ['climbs out of the blobs', manifestOf('sha256:../../etc/passwd'), OCI_MANIFEST, /digest/u],
    [
      'is of schema 1',
      '{"schemaVersion":1,"name":"a","tag":"b","fsLayers":[]}',
      'application/vnd.docker.distribution.manifest.v1+prettyjws',
      /Docker schema 2/u,
    ],
  ])('is refused where it %s', async (_, text, mediaType, says) => {
    const put = await putManifest(registry, 'team/app', '1.0', { manifest: Buffer.from(text), mediaType });
    expect(put).toMatchObject({ status: 400, code: 'MANIFEST_INVALID' });
    expect(put.text).toMatch(says);
  });

  function manifestOf(digest: string): string {
    const part = { mediaType: OCI_LAYER, digest, size: 1 };
    return JSON.stringify({ schemaVersion: 2, mediaType: OCI_MANIFEST, config: part, layers: [part] });
  }

  it('is refused where it is not what its digest says', async () => {
    for (const blob of IMAGE.blobs) await pushBlob(registry, 'team/app', blob);
    const put = await putManifest(registry, 'team/app', sha256('other'), IMAGE);
    expect(put).toMatchObject({ status: 400, code: 'DIGEST_INVALID' });
    expect((await registry.files()).blobs).not.toContain(IMAGE.digest.slice(7));
  });

  it.each([
    ['says how long it is', (bytes: Buffer) => bytes],
    ['does not say', (bytes: Buffer) => [bytes.subarray(0, 10), bytes.subarray(10)]],
  ])('is refused where it is too large, whether it %s', async (_, form) => {
    const large = Buffer.from(JSON.stringify({ schemaVersion: 2, filler: 'x'.repeat(4 * 1024 * 1024) }));
    const put = await registry.send('PUT', '/v2/team/app/manifests/1.0', { body: form(large) });
    expect(put).toMatchObject({ status: 413, code: 'SIZE_INVALID' });
    expect(put.text).toContain('4194304 bytes');
  });

  it.each([
    ['.hidden', 'TAG_INVALID'],
    ['x'.repeat(129), 'TAG_INVALID'],
    ['%2e%2e', 'TAG_INVALID'],
    ['sha256:abc', 'DIGEST_INVALID'],
    ['%zz', 'TAG_INVALID'],
  ])('has no reference %s', async (reference, code) => {
    for (const method of ['GET', 'PUT']) {
      expect(await registry.send(method, `/v2/team/app/manifests/${reference}`)).toMatchObject({ status: 400, code });
    }
  });

  it('of another repository is not found', async () => {
    await pushTestImage(registry, 'team/app', '1.0', IMAGE);
    const reply = await registry.send('GET', `/v2/team/other/manifests/${IMAGE.digest}`);
    expect(reply).toMatchObject({ status: 404, code: 'MANIFEST_UNKNOWN' });
    expect(reply.text).toContain(`team/other@${IMAGE.digest} is not in this registry`);
  });
});

describe('an index', () => {
  const ARM = anImage(['base', 'arm'], { architecture: 'arm64' });

  it.each([
    ['OCI', {}, OCI_INDEX],
    ['Docker', { docker: true }, DOCKER_LIST],
  ])('of %s is taken once its images are held', async (_, form, mediaType) => {
    const images = [anImage(['base', 'app'], form), anImage(['base', 'arm'], form)];
    const index = anIndex(images, form);
    for (const image of images) await pushTestImage(registry, 'team/app', image.digest, image);
    expect((await putManifest(registry, 'team/app', '1.0', index)).status).toBe(201);

    const { headers, body } = await registry.send('GET', '/v2/team/app/manifests/1.0');
    expect(headers['content-type']).toBe(mediaType);
    expect(body.equals(index.manifest)).toBe(true);
    expect((await outbox(registry)).at(-1)?.body).toMatchObject({ tag: '1.0', mediaType });
  });

  it('is refused where one of its images was not pushed to this repository', async () => {
    const index = anIndex([IMAGE, ARM]);
    await pushTestImage(registry, 'team/app', IMAGE.digest, IMAGE);
    await pushTestImage(registry, 'team/other', ARM.digest, ARM);
    const put = await putManifest(registry, 'team/app', '1.0', index);
    expect(put).toMatchObject({ status: 404, code: 'MANIFEST_BLOB_UNKNOWN' });
    expect(put.text).toContain(ARM.digest);
  });

  it('marks the images that it lists, in its own repository', async () => {
    const index = anIndex([IMAGE, ARM]);
    for (const image of [IMAGE, ARM]) await pushTestImage(registry, 'team/app', image.digest, image);
    const listed = (repository: string, digest: typeof IMAGE.digest) =>
      isListed(registry.store.register, repository, digest);
    expect(await listed('team/app', ARM.digest)).toBe(false);

    await putManifest(registry, 'team/app', '1.0', index);
    await putManifest(registry, 'team/app', '1.1', index);
    expect(await listed('team/app', IMAGE.digest)).toBe(true);
    expect(await listed('team/app', ARM.digest)).toBe(true);
    expect(await listed('team/other', ARM.digest)).toBe(false);
    expect(await listed('team/app', index.digest)).toBe(false);
  });

  it('may list more than one commit holds', async () => {
    const [config = Buffer.alloc(0)] = IMAGE.blobs;
    await pushBlob(registry, 'team/app', config);
    const images = Array.from({ length: 200 }, (_, at) => {
      const text = { schemaVersion: 2, mediaType: OCI_MANIFEST, config: descriptor(config, OCI_CONFIG), layers: [] };
      const manifest = Buffer.from(JSON.stringify({ ...text, annotations: { at: String(at) } }));
      return { blobs: [], manifest, mediaType: OCI_MANIFEST, digest: sha256(manifest) };
    });
    for (const image of images) expect((await putManifest(registry, 'team/app', image.digest, image)).status).toBe(201);
    expect((await putManifest(registry, 'team/app', '1.0', anIndex(images))).status).toBe(201);
    for (const { digest } of images) expect(await isListed(registry.store.register, 'team/app', digest)).toBe(true);
  });
});
