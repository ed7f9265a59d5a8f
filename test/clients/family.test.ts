/** A family that different clients push, each packing layers its own way: one family all the same. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { aFamily, type Member } from '../support/family.ts';
import { holdAdvisories } from '../support/family-home.ts';
import { dockerSave, writeLayout } from '../support/images.ts';
import { run as cavendish, type RunningHome, startHome } from '../support/running-home.ts';
import { needTools, run } from './support/tools.ts';

jest.setTimeout(300_000);

const family = await aFamily();
let work: string;
let data: string;
let home: RunningHome;

async function layoutOf(member: Member): Promise<string> {
  const folder = join(work, member);
  await writeLayout(folder, [family[member]]);
  return folder;
}

beforeAll(async () => {
  await needTools('skopeo', 'crane', 'buildah');
  work = await mkdtemp(join(tmpdir(), 'cavendish-family-'));
  data = join(work, 'home');
  await holdAdvisories(data, ['perl', 'nginx']);
  home = await startHome({ data });
});

afterAll(async () => {
  await home.stop();
  await rm(work, { recursive: true, force: true });
});

async function judged(repository: string): Promise<void> {
  await home.until((event) => event.event === 'verdict' && event.assessment.placement?.repository === repository);
}

async function bases(name: string): Promise<readonly string[]> {
  const { stdout } = await cavendish(['lineage', name, '--json', '--data', data]);
  const [tree] = JSON.parse(stdout) as { bases: { names: string[] }[] }[];
  return (tree?.bases ?? []).flatMap(({ names }) => names);
}

async function layerTypes(repository: string, tag: string): Promise<readonly string[]> {
  const accept = 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';
  const answer = await fetch(`http://${home.address}/v2/${repository}/manifests/${tag}`, { headers: { accept } });
  const { layers } = (await answer.json()) as { layers: { mediaType: string }[] };
  return layers.map(({ mediaType }) => mediaType);
}

describe('a family pushed by skopeo, crane and buildah', () => {
  it('is one family, however each packs the layers', async () => {
    // skopeo: its layers with zstd.
    const zstd = ['copy', '--dest-tls-verify=false', '--format', 'oci', '--dest-compress-format', 'zstd'];
    const plain = join(work, 'plain');
    await run(
      'skopeo',
      '--insecure-policy',
      'copy',
      '--dest-decompress',
      `oci:${await layoutOf('debian')}`,
      `dir:${plain}`,
    );
    await run('skopeo', '--insecure-policy', ...zstd, `dir:${plain}`, `docker://${home.address}/base/debian:12`);
    await judged('base/debian');
    // crane: a docker-archive, of plain layers, which it packs with gzip.
    const archive = join(work, 'python.tar');
    await writeFile(archive, await dockerSave([family.python], ['python:3.12']));
    await run('crane', 'push', '--insecure', archive, `${home.address}/base/python:3.12`);
    await judged('base/python');
    // skopeo: what it knows to be held as it is there, and its own layer with gzip.
    const shop = `docker://${home.address}/team/shop:1.0`;
    await run('skopeo', '--insecure-policy', 'copy', '--dest-tls-verify=false', `oci:${await layoutOf('shop')}`, shop);
    await judged('team/shop');
    await run('crane', 'push', '--insecure', await layoutOf('desk'), `${home.address}/team/desk:1.0`);
    await judged('team/desk');
    // buildah: another configuration on the application that crane pushed, and no layer of its own.
    const storage = ['--storage-driver', 'vfs', '--root', join(work, 'root'), '--runroot', join(work, 'run')];
    const buildah = async (command: string, ...args: readonly string[]) =>
      (await run('buildah', ...storage, command, ...args)).output.trim();
    const container = await buildah('from', '--tls-verify=false', `docker://${home.address}/team/desk:1.0`);
    await buildah('config', '--label', 'version=2', container);
    const built = await buildah('commit', '--quiet', container);
    await buildah('push', '--tls-verify=false', built, `docker://${home.address}/other/desk:2.0`);
    await judged('other/desk');

    expect(await layerTypes('base/debian', '12')).toEqual([expect.stringMatching(/\+zstd$/u)]);
    expect(await layerTypes('base/python', '3.12')).toEqual(Array(2).fill(expect.stringMatching(/diff\.tar\.gzip$/u)));
    expect(await bases('base/debian:12')).toEqual([]);
    expect(await bases('base/python:3.12')).toEqual(['base/debian:12']);
    expect(await bases('team/shop:1.0')).toEqual(['base/python:3.12', 'base/debian:12']);
    expect(await bases('team/desk:1.0')).toEqual(['base/python:3.12', 'base/debian:12']);
    expect(await bases('other/desk:2.0')).toEqual(['team/desk:1.0', 'base/python:3.12', 'base/debian:12']);
  });
});
