import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { type BaseImage, baseImage } from './support/base-image.ts';
import { aHome, expectReadable, type Registry } from './support/registry.ts';
import { needTools, run } from './support/tools.ts';

jest.setTimeout(300_000);

let base: BaseImage;
let home: Registry;
let work: string;
beforeAll(async () => {
  await needTools('buildah');
  base = await baseImage();
  home = await aHome();
  work = await mkdtemp(join(tmpdir(), 'cavendish-buildah-'));
});
afterAll(async () => {
  await home.close();
  await base.remove();
  await rm(work, { recursive: true, force: true });
});

function buildah(command: string, ...args: readonly string[]): ReturnType<typeof run> {
  const storage = ['--storage-driver', 'vfs', '--root', join(work, 'root'), '--runroot', join(work, 'run')];
  return run('buildah', ...storage, command, ...args);
}

describe('buildah', () => {
  it.each(['oci', 'v2s2'])('pushes what it built, in the form %s, and pulls it back', async (form) => {
    const container = (await buildah('from', 'scratch')).output.trim();
    await buildah('add', '--quiet', container, base.tar, '/');
    const built = (
      await buildah('commit', '--quiet', '--format', form === 'oci' ? 'oci' : 'docker', container)
    ).output.trim();

    const reference = `${home.address}/buildah/minbase:${form}`;
    const digestFile = join(work, form);
    await buildah(
      'push',
      '--tls-verify=false',
      '--format',
      form,
      '--digestfile',
      digestFile,
      built,
      `docker://${reference}`,
    );
    const manifest = await home.manifest('buildah/minbase', form);
    expect(await home.pushes()).toMatchObject([{ repository: 'buildah/minbase', tag: form, digest: manifest.digest }]);
    await expectReadable(home.address, `buildah/minbase:${form}`);

    await buildah('rm', '--all');
    await buildah('rmi', '--all', '--force');
    const pulled = (await buildah('pull', '--quiet', '--tls-verify=false', `docker://${reference}`)).output.trim();
    // An image's id is the digest of its configuration: with it, all diff IDs are the same.
    expect(`sha256:${pulled}`).toBe(manifest.blobs[0]?.digest);
    const inspected = (await buildah('inspect', '--type', 'image', '--format', '{{.FromImageDigest}}', pulled)).output;
    expect(inspected.trim()).toBe(manifest.digest);
  });
});
