import { afterEach, describe, expect, it } from '@jest/globals';

import { ociRegistry } from '../../../lib/adapters/oci/registry-source.ts';
import type { OpenedImages } from '../../../lib/pipeline/ports/image-source.ts';
import {
  anImage,
  anIndex,
  aRegistry,
  descriptor,
  OCI_INDEX,
  OCI_LAYER,
  OCI_MANIFEST,
  pushTestImage,
  putManifest,
  sha256,
  type TestImage,
} from '../local/registry/support.ts';
import { aServer, bytesOf, type FakeRegistry, layersOf, type Reaction, serving } from './support.ts';

const closing: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of closing.splice(0)) await thing.close();
});

async function fake(react: Reaction): Promise<FakeRegistry> {
  const server = await aServer(react);
  closing.push(server);
  return server;
}

const source = ociRegistry({ answerMs: 300, idleMs: 300, pauseMs: 1 });
const IMAGE = anImage(['base', 'app']);
const ARM = anImage(['base', 'arm'], { architecture: 'arm64' });
const ATTESTATION = {
  ...descriptor(Buffer.from('attestation'), OCI_MANIFEST),
  platform: { os: 'unknown', architecture: 'unknown' },
  annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
};

function artifact(): TestImage {
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      artifactType: 'application/spdx+json',
      config: descriptor(Buffer.from('{}'), 'application/vnd.oci.empty.v1+json'),
      layers: [],
    }),
  );
  return { blobs: [], manifest, mediaType: OCI_MANIFEST, digest: sha256(manifest) };
}

async function opened(images: readonly TestImage[]): Promise<OpenedImages> {
  const { address } = await fake(serving(images));
  return source.open(`${address}/team/app:1.0`);
}

describe('ociRegistry', () => {
  it.each([
    ['OCI', {}],
    ['Docker schema 2', { docker: true }],
  ])('gives what was pushed to the embedded registry, in %s', async (_, form) => {
    const registry = await aRegistry();
    closing.push(registry);
    const images = [anImage(['base', 'app'], form), anImage(['base', 'arm'], { ...form, architecture: 'arm64' })];
    for (const image of images) await pushTestImage(registry, 'team/app', image.digest, image);
    const index = anIndex(images, form);
    await putManifest(registry, 'team/app', '1.0', index);

    for (const reference of [`${registry.address}/team/app:1.0`, `${registry.address}/team/app@${index.digest}`]) {
      const open = await source.open(reference);
      expect(open.reference).toBe(reference);
      expect(open.images.map(({ digest }) => digest)).toEqual(images.map(({ digest }) => digest));
      expect(open.images.map(({ platform }) => platform.architecture)).toEqual(['amd64', 'arm64']);
      expect(await layersOf(open)).toEqual([
        ['base', 'app'],
        ['base', 'arm'],
      ]);
      expect({ unreadable: open.unreadable, skipped: open.skipped }).toEqual({ unreadable: [], skipped: [] });
      await open.close();
    }
  });

  it('gives an image with what its manifest and configuration say', async () => {
    const { images } = await opened([IMAGE]);
    expect(images).toHaveLength(1);
    expect(images[0]).toMatchObject({
      digest: IMAGE.digest,
      platform: { os: 'linux', architecture: 'amd64' },
      created: '2026-11-20T08:00:00.000Z',
      layers: [
        { digest: sha256('base'), size: 4, mediaType: OCI_LAYER, diffId: sha256('plain base'), createdBy: 'RUN base' },
        { digest: sha256('app'), size: 3, mediaType: OCI_LAYER, diffId: sha256('plain app'), createdBy: 'RUN app' },
      ],
    });
  });

  it('sets attestations and other artifacts aside', async () => {
    const sbom = artifact();
    const index = anIndex([IMAGE], { extra: [ATTESTATION, descriptor(sbom.manifest, OCI_MANIFEST)] });
    const { images, skipped, unreadable } = await opened([IMAGE, sbom, index]);
    expect(images.map(({ digest }) => digest)).toEqual([IMAGE.digest]);
    expect(skipped).toEqual([
      { digest: ATTESTATION.digest, why: expect.stringContaining('attestation') },
      { digest: sbom.digest, why: expect.stringContaining('application/spdx+json') },
    ]);
    expect(unreadable).toEqual([]);
  });

  it('has no image in an artifact', async () => {
    const sbom = artifact();
    expect(await opened([sbom])).toMatchObject({ images: [], unreadable: [], skipped: [{ digest: sbom.digest }] });
  });

  it('opens an image once, however often indexes list it', async () => {
    const inner = anIndex([IMAGE, IMAGE]);
    const outer = anIndex([inner, IMAGE, inner]);
    const { images } = await opened([IMAGE, inner, outer]);
    expect(images).toHaveLength(1);
  });

  it('says of an image that can not be opened why, and opens the others', async () => {
    const other = anImage(['other']);
    const broken: TestImage = { ...ARM, blobs: [Buffer.from('not the configuration')] };
    const { images, unreadable } = await opened([IMAGE, broken, anIndex([IMAGE, ARM, other])]);
    expect(images.map(({ digest }) => digest)).toEqual([IMAGE.digest]);
    expect(unreadable).toMatchObject([
      { digest: ARM.digest, platform: { os: 'linux', architecture: 'arm64' }, error: { code: 'not-found' } },
      { digest: other.digest, error: { code: 'not-found' } },
    ]);
  });

  it('says so where configuration and manifest do not fit', async () => {
    const short = anImage(['base']);
    const [config = Buffer.alloc(0)] = short.blobs;
    const text = JSON.parse(String(IMAGE.manifest)) as object;
    const manifest = Buffer.from(
      JSON.stringify({ ...text, config: descriptor(config, 'application/vnd.oci.image.config.v1+json') }),
    );
    const image = { blobs: [config], manifest, mediaType: OCI_MANIFEST, digest: sha256(manifest) };
    expect((await opened([image])).unreadable).toMatchObject([
      { digest: image.digest, platform: null, error: { code: 'integrity-failed' } },
    ]);
  });

  it('does not follow indexes without end', async () => {
    const chain = [IMAGE];
    for (let depth = 0; depth < 4; depth += 1) {
      const inner = chain.at(-1) ?? IMAGE;
      const entry = descriptor(inner.manifest, depth === 0 ? OCI_MANIFEST : OCI_INDEX);
      const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [entry] }));
      chain.push({ blobs: [], manifest, mediaType: OCI_INDEX, digest: sha256(manifest) });
    }
    expect(await opened(chain)).toMatchObject({ images: [], unreadable: [{ error: { code: 'limit-exceeded' } }] });
  });
});

describe('a reference', () => {
  it('that names nothing is not found, and says what to do', async () => {
    const { address } = await fake(serving([IMAGE]));
    await expect(source.open(`${address}/team/app:2.0`)).rejects.toMatchObject({
      code: 'not-found',
      message: `${address}/team/app:2.0 is not there`,
      next: expect.stringContaining('tag'),
    });
  });

  it('to where nothing listens names the address, at once', async () => {
    const gone = await aServer(() => undefined);
    await gone.close();
    await expect(source.open(`${gone.address}/team/app`)).rejects.toMatchObject({
      code: 'unavailable',
      message: `${gone.address} can not be reached: nothing listens there`,
      next: expect.stringContaining('registry'),
    });
  });

  it.each([
    ['a web page', '<html>', 'text/html; charset=utf-8', 'bad-input', /a web page/u],
    ['no JSON', 'hello', OCI_MANIFEST, 'bad-input', /not JSON/u],
    ['another document', '{"a":1}', 'application/json', 'unsupported', /application\/json/u],
    [
      'an image of schema 1',
      '{"schemaVersion":1}',
      'application/vnd.docker.distribution.manifest.v1+json',
      'unsupported',
      /manifest\.v1\+json/u,
    ],
    ['too much', 'x'.repeat(5 * 1024 * 1024), OCI_MANIFEST, 'limit-exceeded', /more than 4194304 bytes/u],
  ])('that is answered with %s is refused', async (_, body, type, code, says) => {
    const { address } = await fake((_request, response) => response.writeHead(200, { 'content-type': type }).end(body));
    const attempt = source.open(`${address}/team/app:1.0`);
    await expect(attempt).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
  });

  it('by digest is given nothing else', async () => {
    const { address } = await fake((_request, response) =>
      response.writeHead(200, { 'content-type': ARM.mediaType }).end(ARM.manifest),
    );
    await expect(source.open(`${address}/team/app@${IMAGE.digest}`)).rejects.toMatchObject({
      code: 'integrity-failed',
    });
  });

  it('by tag is given what the registry says that it is', async () => {
    const headers = { 'content-type': ARM.mediaType, 'docker-content-digest': IMAGE.digest };
    const { address } = await fake((_request, response) => response.writeHead(200, headers).end(ARM.manifest));
    await expect(source.open(`${address}/team/app:1.0`)).rejects.toMatchObject({ code: 'integrity-failed' });
  });

  it('is not answered by a registry that fails: that says nothing of the image', async () => {
    const index = anIndex([IMAGE, ARM]);
    const right = serving([IMAGE, index]);
    const { address } = await fake((request, response) => {
      if (request.url?.includes(ARM.digest) === true) response.writeHead(500).end();
      else right(request, response);
    });
    await expect(source.open(`${address}/team/app:1.0`)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('answered 500'),
    });
  });
});

describe('a layer', () => {
  async function read(react: Reaction): Promise<Buffer> {
    const right = serving([IMAGE]);
    const { address } = await fake((request, response) => {
      if (request.url?.endsWith(sha256('base')) === true) react(request, response);
      else right(request, response);
    });
    const { images } = await source.open(`${address}/team/app:1.0`);
    const [image] = images;
    const [layer] = image?.layers ?? [];
    if (image === undefined || layer === undefined) throw new Error('there is no layer');
    return bytesOf(await image.readLayer(layer));
  }

  it.each([
    ['is gone', 'not-found', (response) => response.writeHead(404).end()],
    ['is longer than it should be', 'integrity-failed', (response) => response.end('base and more')],
    ['is shorter than it should be', 'integrity-failed', (response) => response.end('bas')],
    [
      'is cut off',
      'unavailable',
      (response) => {
        response.writeHead(200, { 'content-length': '4' });
        response.write('ba', () => response.destroy());
      },
    ],
    ['stands still', 'unavailable', (response) => response.writeHead(200, { 'content-length': '4' }).write('ba')],
    ['never begins', 'unavailable', () => undefined],
  ] as [string, string, (response: Parameters<Reaction>[1]) => unknown][])(
    'that %s is %s',
    async (_, code, react) => {
      await expect(read((_request, response) => react(response))).rejects.toMatchObject({ code });
    },
    15_000,
  );

  it('ends when its reader is told to end', async () => {
    const right = serving([IMAGE]);
    const { address } = await fake((request, response) => {
      if (request.url?.endsWith(sha256('base')) === true) response.writeHead(200, { 'content-length': '4' }).write('b');
      else right(request, response);
    });
    const { images, close } = await ociRegistry().open(`${address}/team/app:1.0`);
    const [image] = images;
    const [layer] = image?.layers ?? [];
    if (image === undefined || layer === undefined) throw new Error('there is no layer');

    const given = new AbortController();
    const first = bytesOf(await image.readLayer(layer, given.signal));
    given.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');

    const second = bytesOf(await image.readLayer(layer));
    await close();
    await expect(second).rejects.toThrow('was closed');
  });
});
