import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { dockerSave, file, image, index, layer, sha256, writeLayout } from '../support/images.ts';
import { type BaseImage, baseImage } from './support/base-image.ts';
import { aHome, expectPulled, expectReadable, type Registry } from './support/registry.ts';
import { needTools, run } from './support/tools.ts';

jest.setTimeout(300_000);

let base: BaseImage;
let home: Registry;
let work: string;
beforeAll(async () => {
  await needTools('crane');
  base = await baseImage();
  home = await aHome();
  work = await mkdtemp(join(tmpdir(), 'cavendish-crane-'));
});
afterAll(async () => {
  await home.close();
  await base.remove();
  await rm(work, { recursive: true, force: true });
});

const crane = (...args: readonly string[]): ReturnType<typeof run> => run('crane', '--insecure', ...args);

describe('crane', () => {
  it('pushes a layout and pulls it back byte for byte', async () => {
    const reference = `${home.address}/crane/minbase:1.0`;
    await crane('push', base.layout, reference);
    const manifest = await home.manifest('crane/minbase', '1.0');
    const { manifests } = JSON.parse(await readFile(join(base.layout, 'index.json'), 'utf8')) as {
      manifests: { digest: string }[];
    };
    expect(manifest.digest).toBe(manifests[0]?.digest);
    expect(await home.pushes()).toMatchObject([{ repository: 'crane/minbase', tag: '1.0', digest: manifest.digest }]);

    await crane('pull', '--format=oci', reference, join(work, 'pulled'));
    await expectPulled(join(work, 'pulled'), manifest);
    await crane('validate', '--remote', reference);
    expect((await crane('manifest', reference)).output.trimEnd()).toBe(String(manifest.bytes));
    expect((await crane('digest', reference)).output.trim()).toBe(manifest.digest);
    await expectReadable(home.address, 'crane/minbase:1.0');
  });

  it('pushes an archive of docker save', async () => {
    const archive = join(work, 'saved.tar');
    await writeFile(
      archive,
      await dockerSave([image([await layer([file('etc/team', 'app')])], { flavour: 'docker' })], ['app:1']),
    );
    await crane('push', archive, `${home.address}/crane/saved:1.0`);
    expect(await home.pushes()).toMatchObject([{ repository: 'crane/saved', tag: '1.0' }]);
    await expectReadable(home.address, 'crane/saved:1.0');
  });

  it('pushes an index, tags it, lists and copies it', async () => {
    const images = await Promise.all(
      ['amd64', 'arm64'].map(async (architecture) =>
        image([await layer([file('etc/architecture', architecture)])], { platform: { os: 'linux', architecture } }),
      ),
    );
    const layout = join(work, 'index');
    await writeLayout(layout, images, index(images));
    const reference = `${home.address}/crane/both:1.0`;
    await crane('push', '--index', layout, reference);
    // crane pushes the layout's own index.json, which lists ours.
    await crane('validate', '--remote', reference);
    await crane('tag', reference, '1.1');
    expect((await crane('ls', `${home.address}/crane/both`)).output.trim().split('\n')).toEqual(['1.0', '1.1']);
    expect((await crane('catalog', home.address)).output).toContain('crane/both\n');
    expect(await expectReadable(home.address, 'crane/both:1.1')).toHaveLength(2);

    await crane('copy', reference, `${home.address}/crane/copied:1.0`);
    const [from, to] = [await home.manifest('crane/both', '1.0'), await home.manifest('crane/copied', '1.0')];
    expect(sha256(to.bytes)).toBe(from.digest);
  });

  it('reads a blob', async () => {
    const { digest, blobs } = await home.manifest('crane/saved', '1.0');
    const [config] = blobs;
    const { output } = await crane('blob', `${home.address}/crane/saved@${config?.digest ?? digest}`);
    expect(sha256(Buffer.from(output))).toBe(config?.digest);
  });
});
