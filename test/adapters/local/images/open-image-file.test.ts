import { mkdir, readdir, symlink as symlinkTo, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { openImageFile } from '../../../../lib/adapters/local/images/open-image-file.ts';
import { type Digest, hexOf } from '../../../../lib/core/image/digest.ts';
import type { OpenedImages } from '../../../../lib/pipeline/ports/image-source.ts';
import { scanImage } from '../../../../lib/scanner/scan-image.ts';
import { dpkgStatus, osRelease } from '../../../support/debian.ts';
import {
  type BuiltImage,
  descriptorOf,
  dockerSave,
  type Entry,
  file,
  image,
  index,
  jsonBlob,
  layer,
  layoutFiles,
  layoutTar,
  OCI_MANIFEST,
  sha256,
  symlink,
  tarOf,
  writeLayout,
} from '../../../support/images.ts';
import { memoryLayerCache } from '../../../support/layer-cache.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

const base = await layer([
  file('etc/os-release', osRelease()),
  file('var/lib/dpkg/status', dpkgStatus([{ name: 'a', version: '1' }])),
]);
const app = await layer([file('app/run', 'x')], 'zstd');
const built = image([base, app, base]);
const arm64 = image([app], { platform: { os: 'linux', architecture: 'arm64' } });

let folder: TemporaryFolder;
let spooled: TemporaryFolder;
const TMPDIR = process.env['TMPDIR'];
beforeEach(async () => {
  folder = await temporaryFolder();
  spooled = await temporaryFolder();
  process.env['TMPDIR'] = spooled.path;
});
afterEach(async () => {
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
  await folder.remove();
  await spooled.remove();
});

async function put(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder.path, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return path;
}

async function* streamOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 999) yield bytes.subarray(at, at + 999);
}

/** Opens, scans all, closes; and nothing spooled is left. */
async function scanAll(
  what: string | AsyncIterable<Uint8Array>,
): Promise<{ opened: OpenedImages; packages: readonly string[][] }> {
  const opened = await openImageFile(what);
  try {
    const cache = memoryLayerCache();
    const scans = await Promise.all(opened.images.map((one) => scanImage(one, { cache })));
    return { opened, packages: scans.map((scan) => scan.packages.map(({ name, version }) => `${name} ${version}`)) };
  } finally {
    await opened.close();
    expect(await readdir(spooled.path)).toEqual([]);
  }
}

/** As Docker saves since version 25: a layout with a manifest.json beside it. */
async function newerSave(one: BuiltImage): Promise<Buffer> {
  const saved = [{ Config: `blobs/sha256/${hexOf(one.config.digest)}`, RepoTags: ['app:1'], Layers: [] }];
  return tarOf([...layoutFiles([one]), file('manifest.json', JSON.stringify(saved))]);
}

describe('an image on disk', () => {
  const manifest = { digest: built.manifest.digest, platform: built.platform, created: built.created };

  it('is opened from an OCI layout in a folder', async () => {
    await writeLayout(folder.path, [built]);
    const { opened, packages } = await scanAll(folder.path);
    expect(opened).toMatchObject({ reference: folder.path, images: [manifest], unreadable: [], skipped: [] });
    expect(packages).toEqual([['a 1']]);
  });

  it.each([
    ['an OCI layout in a tar', () => layoutTar([built]), manifest],
    ['an archive of docker save', () => dockerSave([built], ['app:1']), { ...manifest, digest: built.config.digest }],
    ['a newer archive of docker save', () => newerSave(built), manifest],
  ])('is opened from %s: as it is, gzipped, and from a stream', async (_what, archive, expected) => {
    const tar = await archive();
    for (const what of [
      await put('i.tar', tar),
      await put('i.tar.gz', gzipSync(tar)),
      streamOf(tar),
      streamOf(gzipSync(tar)),
    ]) {
      const { opened, packages } = await scanAll(what);
      expect(opened).toMatchObject({ images: [expected], unreadable: [], skipped: [] });
      expect(opened.reference).toBe(typeof what === 'string' ? what : 'standard input');
      expect(packages).toEqual([['a 1']]);
    }
  });

  it('is opened for each platform, without its attestations', async () => {
    const attestation = jsonBlob(OCI_MANIFEST, {});
    const top = index(
      [built, arm64],
      [{ ...descriptorOf(attestation), platform: { os: 'unknown', architecture: 'unknown' } }],
    );
    const { opened } = await scanAll(await put('i.tar', await layoutTar([built, arm64], top)));
    expect(opened.images.map(({ platform }) => platform.architecture)).toEqual(['amd64', 'arm64']);
    expect(opened.skipped).toEqual([{ digest: attestation.digest, why: 'no image: its platform is unknown/unknown' }]);
  });

  it('is opened for the platforms that were saved', async () => {
    const { opened } = await scanAll(await put('i.tar', await layoutTar([built], index([built, arm64]))));
    expect(opened.images.map(({ platform }) => platform.architecture)).toEqual(['amd64']);
    expect(opened.skipped).toEqual([
      { digest: arm64.manifest.digest, why: expect.stringMatching(/not all platforms were saved/u) },
    ]);
  });

  it('is one of several in an archive of docker save', async () => {
    const { opened, packages } = await scanAll(await put('i.tar', await dockerSave([built, arm64, built])));
    expect(opened.images.map(({ digest }) => digest)).toEqual([built.config.digest, arm64.config.digest]);
    expect(packages).toEqual([['a 1'], []]);
  });

  it('is read from compressed layers in an archive of docker save', async () => {
    const config = {
      Config: `sha256:${hexOf(built.config.digest)}`,
      RepoTags: null,
      Layers: ['0.tar.gz', '1.tar.zst', '0.tar.gz'],
    };
    const entries = [
      file(config.Config, built.config.bytes),
      file('0.tar.gz', base.bytes),
      file('1.tar.zst', app.bytes),
      file('manifest.json', JSON.stringify([config])),
    ];
    const { opened, packages } = await scanAll(await put('i.tar', await tarOf(entries)));
    expect(opened.images[0]?.layers.map(({ digest }) => digest)).toEqual([base.digest, app.digest, base.digest]);
    expect(packages).toEqual([['a 1']]);
  });

  it('is read through links that stay in the folder', async () => {
    await writeLayout(join(folder.path, 'layout'), [built]);
    await symlinkTo('layout', join(folder.path, 'link'));
    expect((await scanAll(join(folder.path, 'link'))).packages).toEqual([['a 1']]);
  });
});

describe('an image that is damaged', () => {
  const blob = (digest: Digest): string => `blobs/sha256/${hexOf(digest)}`;

  async function changed(change: (entries: Map<string, Entry>) => void): Promise<string> {
    const entries = new Map(layoutFiles([built, arm64]).map((one) => [one.path, one]));
    change(entries);
    return put('i.tar', await tarOf([...entries.values()]));
  }

  it.each([
    ['its manifest was altered', built.manifest.digest, file(blob(built.manifest.digest), '{}'), 'integrity-failed'],
    ['its configuration was altered', built.config.digest, file(blob(built.config.digest), '{}'), 'integrity-failed'],
    ['its configuration is not there', built.config.digest, null, 'not-found'],
    [
      'its configuration leads to nothing',
      built.config.digest,
      symlink(blob(built.config.digest), '../nowhere'),
      'not-found',
    ],
  ])('is unreadable where %s, and the others are opened', async (_what, digest, entry, code) => {
    const path = await changed((entries) => {
      entries.delete(blob(digest));
      if (entry !== null) entries.set(entry.path, entry);
    });
    const { opened } = await scanAll(path);
    expect(opened.unreadable).toMatchObject([
      { digest: built.manifest.digest, platform: built.platform, error: { code } },
    ]);
    expect(opened.images.map(({ digest: one }) => one)).toEqual([arm64.manifest.digest]);
  });

  it('fails to be scanned where a layer was altered or is not there', async () => {
    const other = await changed((entries) => entries.set(blob(base.digest), file(blob(base.digest), base.tar)));
    await expect(scanAll(other)).rejects.toMatchObject({ code: 'integrity-failed' });
    const gone = await changed((entries) => entries.delete(blob(base.digest)));
    await expect(scanAll(gone)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is unreadable where an archive of docker save is not what its names say', async () => {
    const entries = [
      file(`${'0'.repeat(64)}.json`, built.config.bytes),
      file('manifest.json', JSON.stringify([{ Config: `${'0'.repeat(64)}.json`, Layers: [] }])),
    ];
    const { opened } = await scanAll(await put('i.tar', await tarOf(entries)));
    expect(opened).toMatchObject({
      images: [],
      unreadable: [{ digest: built.config.digest, error: { code: 'integrity-failed' } }],
    });
  });

  it.each([
    ['a layer too few', []],
    ['a layer that is not there', ['a', 'b', 'c']],
  ])('is unreadable where an archive of docker save has %s', async (_what, Layers) => {
    const entries = [
      file('c.json', built.config.bytes),
      file('manifest.json', JSON.stringify([{ Config: 'c.json', Layers }])),
    ];
    const { opened } = await scanAll(await put('i.tar', await tarOf(entries)));
    expect(opened).toMatchObject({ images: [], unreadable: [{ error: { name: 'CavendishError' } }] });
  });
});

describe('a layer on disk', () => {
  it('is read in pieces, and ends with the reason of its signal', async () => {
    const opened = await openImageFile(await put('i.tar', await layoutTar([built])));
    const [one] = opened.images;
    const stored = one?.layers[0];
    if (one === undefined || stored === undefined) throw new Error('no layer');
    const bytes = Buffer.concat(await Array.fromAsync(await one.readLayer(stored)));
    expect(sha256(bytes)).toBe(base.digest);
    const stopped = one.readLayer(stored, AbortSignal.abort(new Error('enough')));
    await expect(stopped.then((stream) => Array.fromAsync(stream))).rejects.toThrow('enough');
    await opened.close();
  });
});
