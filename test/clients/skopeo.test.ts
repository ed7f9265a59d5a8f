import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { file, image, index, layer, writeLayout } from '../support/images.ts';
import { type BaseImage, baseImage } from './support/base-image.ts';
import { aHome, expectPulled, expectReadable, type Registry } from './support/registry.ts';
import { needTools, run } from './support/tools.ts';

jest.setTimeout(300_000);

let base: BaseImage;
let home: Registry;
let work: string;
beforeAll(async () => {
  await needTools('skopeo');
  base = await baseImage();
  home = await aHome();
  work = await mkdtemp(join(tmpdir(), 'cavendish-skopeo-'));
});
afterAll(async () => {
  await home.close();
  await base.remove();
  await rm(work, { recursive: true, force: true });
});

const skopeo = (...args: readonly string[]): ReturnType<typeof run> => run('skopeo', '--insecure-policy', ...args);
const PUSH = ['copy', '--dest-tls-verify=false'];
const PULL = ['copy', '--src-tls-verify=false'];

describe('skopeo', () => {
  it.each([
    ['oci', 'application/vnd.oci.image.manifest.v1+json', /layer\.v1\.tar\+gzip$/u],
    ['v2s2', 'application/vnd.docker.distribution.manifest.v2+json', /rootfs\.diff\.tar\.gzip$/u],
  ])('pushes in the form %s and pulls it back byte for byte', async (form, mediaType, layers) => {
    const target = `docker://${home.address}/skopeo/minbase:${form}`;
    await skopeo(...PUSH, '--format', form, `oci:${base.layout}`, target);

    const manifest = await home.manifest('skopeo/minbase', form);
    expect(manifest.mediaType).toBe(mediaType);
    for (const blob of manifest.blobs.slice(1)) expect(blob.mediaType).toMatch(layers);
    expect(await home.pushes()).toMatchObject([
      { repository: 'skopeo/minbase', tag: form, digest: manifest.digest, mediaType },
    ]);

    const folder = join(work, form);
    await skopeo(...PULL, '--preserve-digests', target, `dir:${folder}`);
    await expectPulled(folder, manifest);
    expect(await expectReadable(home.address, `skopeo/minbase:${form}`)).toHaveLength(1);
  });

  it('pushes layers that are packed with zstd', async () => {
    // It sends a layer that it knows to be held, however it is packed: so to a registry that holds nothing.
    const empty = await aHome();
    const target = `docker://${empty.address}/skopeo/minbase:zstd`;
    const plain = join(work, 'plain');
    await skopeo('copy', '--dest-decompress', `oci:${base.layout}`, `dir:${plain}`);
    await skopeo(...PUSH, '--format', 'oci', '--dest-compress-format', 'zstd', `dir:${plain}`, target);

    const manifest = await empty.manifest('skopeo/minbase', 'zstd');
    for (const blob of manifest.blobs.slice(1)) expect(blob.mediaType).toMatch(/\+zstd$/u);
    await skopeo(...PULL, '--preserve-digests', target, `dir:${join(work, 'zstd')}`);
    await expectPulled(join(work, 'zstd'), manifest);
    await expectReadable(empty.address, 'skopeo/minbase:zstd');
    await empty.close();
  });

  it('pushes an index with the images of all its platforms', async () => {
    const layout = join(work, 'index');
    const images = await Promise.all(
      ['amd64', 'arm64'].map(async (architecture) =>
        image([await layer([file('etc/architecture', architecture)])], { platform: { os: 'linux', architecture } }),
      ),
    );
    await writeLayout(layout, images, index(images));
    const target = `docker://${home.address}/skopeo/both:1.0`;
    await skopeo(...PUSH, '--all', `oci:${layout}`, target);

    const manifest = await home.manifest('skopeo/both', '1.0');
    expect(manifest.mediaType).toBe('application/vnd.oci.image.index.v1+json');
    expect((await home.pushes()).map(({ tag }) => tag)).toEqual([null, null, '1.0']);
    await skopeo(...PULL, '--all', '--preserve-digests', target, `dir:${join(work, 'both')}`);
    await expectPulled(join(work, 'both'), manifest);
    expect(await expectReadable(home.address, 'skopeo/both:1.0')).toHaveLength(2);
  });

  it('sends what it has already sent no second time, and lists tags', async () => {
    const { output } = await skopeo('list-tags', '--tls-verify=false', `docker://${home.address}/skopeo/minbase`);
    expect((JSON.parse(output) as { Tags: string[] }).Tags).toEqual(['oci', 'v2s2']);
    const target = `docker://${home.address}/skopeo/again:1.0`;
    await skopeo(...PUSH, `docker://${home.address}/skopeo/minbase:oci`, '--src-tls-verify=false', target);
    expect((await home.manifest('skopeo/again', '1.0')).bytes).toEqual(
      (await home.manifest('skopeo/minbase', 'oci')).bytes,
    );
  });
});
