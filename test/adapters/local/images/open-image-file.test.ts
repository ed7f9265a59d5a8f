import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, symlink as symlinkTo, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
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

describe('what is no image', () => {
  it.each<[string, () => Promise<string | AsyncIterable<Uint8Array>>, string, RegExp]>([
    ['nothing', async () => join(folder.path, 'nowhere'), 'not-found', /nowhere is not there/u],
    ['an empty folder', async () => folder.path, 'bad-input', /neither an OCI layout nor an archive of docker save/u],
    ['a text', () => put('x', Buffer.from('hello '.repeat(200))), 'bad-input', /no archive that can be read/u],
    ['an empty file', () => put('x', Buffer.alloc(0)), 'bad-input', /neither/u],
    ['an empty stream', async () => streamOf(Buffer.alloc(0)), 'bad-input', /standard input is neither/u],
    ['another tar', async () => put('x', await tarOf([file('a')])), 'bad-input', /neither/u],
    [
      'a tar that is cut off',
      async () => put('x', (await layoutTar([built])).subarray(0, 1000)),
      'integrity-failed',
      /truncated/u,
    ],
    [
      'a gzip that is cut off',
      async () => put('x', gzipSync(await layoutTar([built])).subarray(0, -9)),
      'integrity-failed',
      /truncated/u,
    ],
    [
      'a gzip that is broken',
      async () => put('x', Buffer.concat([gzipSync('a'), Buffer.from('b'.repeat(99))])),
      'bad-input',
      /can not be unpacked/u,
    ],
    ['an archive in zstd', async () => streamOf(zstdCompressSync(await layoutTar([built]))), 'unsupported', /zstd/u],
    [
      'a bomb',
      () => put('x', gzipSync(Buffer.alloc(80 * 1024 ** 2))),
      'limit-exceeded',
      /unpacks to more than 200 times/u,
    ],
    [
      'a layout of another version',
      async () => put('x', await tarOf([file('oci-layout', '{"imageLayoutVersion":"2.0.0"}')])),
      'bad-input',
      /not a version that is read/u,
    ],
    [
      'a layout without an index',
      async () => put('x', await tarOf([file('oci-layout', '{"imageLayoutVersion":"1.0.0"}')])),
      'not-found',
      /holds no index\.json/u,
    ],
    [
      'a layout whose index is none',
      async () => put('x', await tarOf([...layoutFiles([]), file('index.json', '[]')])),
      'bad-input',
      /not by its schema/u,
    ],
    [
      'a layout of other artifacts',
      async () =>
        put('x', await layoutTar([image([], { manifest: { config: descriptorOf(jsonBlob('text/x', {})) } })])),
      'not-found',
      /holds no image: sha256:[0-9a-f]{64} is an artifact of type text\/x/u,
    ],
    [
      'an archive whose manifest is none',
      async () => put('x', await tarOf([file('manifest.json', '[]')])),
      'bad-input',
      /manifest\.json is not by its schema/u,
    ],
    [
      'an archive without a configuration',
      async () => put('x', await tarOf([file('manifest.json', '[{"Config":"c.json"}]')])),
      'not-found',
      /holds no c\.json/u,
    ],
    ['a file without a size', async () => put('x', withoutSize(await tarOf([file('a')]))), 'bad-input', /has no size/u],
    [
      'a name that leads out',
      async () => put('x', await tarOf([file('../evil')])),
      'bad-input',
      /leads out of the archive/u,
    ],
    [
      'a link that leads out',
      async () => put('x', await tarOf([symlink('oci-layout', '../../etc/passwd')])),
      'bad-input',
      /leads out of the archive/u,
    ],
    [
      'links without an end',
      async () => put('x', await tarOf([symlink('oci-layout', 'oci-layout')])),
      'bad-input',
      /chain of links/u,
    ],
    [
      'a configuration outside',
      async () => put('x', await tarOf([file('manifest.json', '[{"Config":"../../etc/passwd"}]')])),
      'bad-input',
      /leads out of the archive/u,
    ],
  ])('is refused: %s', async (_what, make, code, message) => {
    await expect(openImageFile(await make())).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await readdir(spooled.path)).toEqual([]);
  });

  it('is refused where a link leads out of the folder', async () => {
    const outside = await put('outside', Buffer.from('{"imageLayoutVersion":"1.0.0"}'));
    const layout = join(folder.path, 'layout');
    await writeLayout(layout, [built]);
    await rm(join(layout, 'oci-layout'));
    await symlinkTo(outside, join(layout, 'oci-layout'));
    await expect(openImageFile(layout)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/leads out of the folder/u),
    });
  });

  it('is refused, and not waited for, where a pipe stands in place of a file', async () => {
    const layout = join(folder.path, 'layout');
    await writeLayout(layout, [built]);
    await rm(join(layout, 'index.json'));
    execFileSync('mkfifo', [join(layout, 'index.json'), join(folder.path, 'pipe')]);
    await expect(openImageFile(layout)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/is no file/u),
    });
    await expect(openImageFile(join(folder.path, 'pipe'))).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('is a stream that breaks off: the cause is passed on', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield (await layoutTar([built])).subarray(0, 700);
      throw new Error('the pipe broke');
    }
    await expect(openImageFile(broken())).rejects.toThrow('the pipe broke');
    expect(await readdir(spooled.path)).toEqual([]);
  });

  it('is refused above the size that documents may have', async () => {
    const large = file('index.json', Buffer.alloc(4 * 1024 ** 2 + 1, ' '));
    await expect(openImageFile(await put('x', await tarOf([...layoutFiles([]), large])))).rejects.toMatchObject({
      code: 'limit-exceeded',
    });
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

/** The first header with a size that is no number, and the checksum that it then has. */
function withoutSize(tar: Buffer): Buffer {
  tar.write('\xf8#000000026 ', 124, 'latin1');
  tar.fill(' ', 148, 156);
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return tar;
}
