import { describe, expect, it } from '@jest/globals';

import { CavendishError } from '../../../lib/core/errors/error.ts';
import type { Digest } from '../../../lib/core/image/digest.ts';
import {
  findImages,
  type FindOptions,
  type FoundImages,
  type ImageBlobs,
} from '../../../lib/core/image/find-images.ts';
import {
  type Blob,
  blobsOf,
  descriptorOf,
  file,
  image,
  index,
  jsonBlob,
  layer,
  OCI_INDEX,
  OCI_MANIFEST,
} from '../../support/images.ts';

const base = await layer([file('a', 'a')]);
const amd64 = image([base]);
const arm64 = image([base], { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } });
const attestation = {
  ...descriptorOf(jsonBlob(OCI_MANIFEST, 'attestation')),
  platform: { os: 'unknown', architecture: 'unknown' },
  annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
};

function store(blobs: readonly Blob[], broken: readonly Digest[] = []): ImageBlobs {
  const held = new Map(blobs.map(({ digest, bytes }) => [digest, bytes]));
  async function get(digest: Digest): Promise<Buffer> {
    if (broken.includes(digest)) throw new CavendishError('unavailable', 'the store is away');
    const bytes = held.get(digest);
    if (bytes === undefined) throw new CavendishError('not-found', `${digest} is not there`);
    return bytes;
  }
  return {
    manifest: async (digest) => ({ bytes: await get(digest) }),
    document: get,
    stream: async (digest) => [await get(digest)] as unknown as AsyncIterable<Uint8Array>,
  };
}

async function find(root: Blob, blobs: readonly Blob[], options?: FindOptions): Promise<FoundImages> {
  return findImages(store(blobs), { ...root, mediaType: root.mediaType }, options);
}

function digestsOf({ images, unreadable, skipped }: FoundImages): object {
  return {
    images: images.map(({ digest }) => digest),
    unreadable: unreadable.map(({ digest, error }) => [digest, error instanceof CavendishError ? error.code : error]),
    skipped: skipped.map(({ digest }) => digest),
  };
}

describe('findImages', () => {
  it('opens the image that a manifest is', async () => {
    const found = await find(amd64.manifest, blobsOf(amd64));
    expect(found.images).toMatchObject([
      { digest: amd64.manifest.digest, platform: amd64.platform, layers: [{ diffId: base.diffId }] },
    ]);
  });

  it('opens the image of each platform of an index, and passes over attestations', async () => {
    const found = await find(index([amd64, arm64], [attestation]), [...blobsOf(amd64), ...blobsOf(arm64)]);
    expect(found.images.map(({ platform }) => platform)).toEqual([amd64.platform, arm64.platform]);
    expect(found.skipped).toMatchObject([{ why: 'attestation-manifest of another image' }]);
  });

  it('opens an image once, however often it is named', async () => {
    const found = await find(index([amd64, amd64]), blobsOf(amd64));
    expect(found.images).toHaveLength(1);
  });

  it('follows an index in an index', async () => {
    const inner = index([arm64]);
    const outer = index([amd64], [descriptorOf(inner)]);
    const found = await find(outer, [...blobsOf(amd64), ...blobsOf(arm64), inner]);
    expect(found.images).toHaveLength(2);
  });

  it('does not follow indexes without an end', async () => {
    const nested = [index([amd64])];
    for (let depth = 0; depth < 3; depth += 1) nested.unshift(index([], [descriptorOf(nested[0] as Blob)]));
    const found = await find(nested[0] as Blob, [...nested, ...blobsOf(amd64)]);
    expect(digestsOf(found)).toMatchObject({ images: [], unreadable: [[expect.any(String), 'limit-exceeded']] });
    expect(found.unreadable[0]?.error.message).toBe('indexes are nested more than 3 deep');
  });

  it('says why an image can not be opened, and opens the others', async () => {
    const parts = [...blobsOf(amd64), arm64.manifest];
    expect(digestsOf(await find(index([amd64, arm64]), parts))).toEqual({
      images: [amd64.manifest.digest],
      unreadable: [[arm64.manifest.digest, 'not-found']],
      skipped: [],
    });
  });

  it('takes a manifest that is not there for unreadable, and where it may be missing, leaves it out', async () => {
    const both = index([amd64, arm64]);
    const missing = arm64.manifest.digest;
    expect(digestsOf(await find(both, blobsOf(amd64)))).toMatchObject({
      unreadable: [[missing, 'not-found']],
      skipped: [],
    });
    expect(digestsOf(await find(both, blobsOf(amd64), { missing: 'skipped' }))).toMatchObject({
      unreadable: [],
      skipped: [missing],
    });
  });

  it('refuses a manifest of another size than its index says', async () => {
    const wrong = jsonBlob(OCI_INDEX, {
      schemaVersion: 2,
      manifests: [{ ...descriptorOf(amd64.manifest), size: 1 }],
    });
    expect(digestsOf(await find(wrong, blobsOf(amd64)))).toMatchObject({
      unreadable: [[amd64.manifest.digest, 'integrity-failed']],
    });
  });

  it('says of what can not be opened for which platform it is', async () => {
    const found = await find(index([amd64, arm64], [descriptorOf(jsonBlob(OCI_MANIFEST, 'gone'))]), []);
    expect(found.unreadable.map(({ platform }) => platform)).toEqual([amd64.platform, arm64.platform, null]);
    expect(found.unreadable.map(({ error }) => error.message)).toEqual(
      found.unreadable.map(({ digest }) => `${digest} is not there`),
    );
  });

  it('says in words what it left out and what it refused', async () => {
    const left = await find(index([amd64]), [], { missing: 'skipped' });
    expect(left.skipped[0]?.why).toBe('its manifest is not there: not all platforms were saved');

    const wrong = { ...descriptorOf(amd64.manifest), size: 1 };
    const refused = await find(index([], [wrong]), blobsOf(amd64));
    expect(refused.unreadable[0]?.error.message).toBe(
      `the manifest ${amd64.manifest.digest} does not have the 1 bytes that were stated`,
    );
  });

  it('does not follow an index to itself', async () => {
    const self = jsonBlob(OCI_INDEX, { schemaVersion: 2, manifests: [] });
    const blobs = store([]);
    const root = {
      ...self,
      bytes: Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [descriptorOf(self)] })),
    };
    expect(digestsOf(await findImages(blobs, root))).toEqual({ images: [], unreadable: [], skipped: [] });
  });

  it('opens a thousand manifests at most, however they are nested', async () => {
    const entry = (at: number): object => ({
      mediaType: OCI_MANIFEST,
      digest: `sha256:${at.toString(16).padStart(64, '0')}`,
      size: 2,
    });
    const entries = (from: number, count: number): object[] =>
      Array.from({ length: count }, (_, place) => entry(from + place));
    const inner = jsonBlob(OCI_INDEX, { schemaVersion: 2, manifests: entries(1000, 3) });
    const outer = jsonBlob(OCI_INDEX, { schemaVersion: 2, manifests: [...entries(0, 997), descriptorOf(inner)] });

    const { unreadable } = await find(outer, [inner]);
    expect(unreadable.slice(0, -2).map(({ error }) => error.message)).toEqual(
      unreadable.slice(0, -2).map(({ digest }) => `${digest} is not there`),
    );
    expect(unreadable.slice(-2).map(({ error }) => error.message)).toEqual(
      Array(2).fill('the index holds more than 1000 manifests'),
    );
  });

  it('reads a layer until its reader or whoever opened the image has had enough', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const blobs = {
      ...store(blobsOf(amd64)),
      stream: async (_digest: Digest, _size: number, signal?: AbortSignal) => {
        signals.push(signal);
        return (async function* () {
          // A layer of nothing.
        })();
      },
    };
    const [opener, reader] = [new AbortController(), new AbortController()];
    const [held] = (await findImages(blobs, amd64.manifest, { signal: opener.signal })).images;
    const [free] = (await findImages(blobs, amd64.manifest)).images;
    const first = held!.layers[0]!;
    await held!.readLayer(first, reader.signal);
    await held!.readLayer(first);
    await free!.readLayer(first, reader.signal);
    await free!.readLayer(first);

    expect(signals.map((signal) => signal?.aborted)).toEqual([false, false, false, undefined]);
    opener.abort();
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true, false, undefined]);
    reader.abort();
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true, true, undefined]);
  });

  it('sets other artifacts aside', async () => {
    const chart = image([base], {
      manifest: { config: { ...descriptorOf(amd64.config), mediaType: 'application/x.chart' } },
    });
    const found = await find(index([chart]), blobsOf(chart));
    expect(found).toMatchObject({ images: [], skipped: [{ why: 'an artifact of type application/x.chart' }] });
  });

  it('throws where the store does not answer: that says nothing of the image', async () => {
    const away = store(blobsOf(amd64), [amd64.config.digest]);
    await expect(findImages(away, amd64.manifest)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('throws where the root is neither a manifest nor an index', async () => {
    await expect(find(jsonBlob(OCI_INDEX, []), [])).rejects.toMatchObject({ code: 'bad-input' });
  });
});
