import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, symlink as symlinkTo, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { openImageFile } from '../../../../lib/adapters/local/images/open-image-file.ts';
import { dpkgStatus, osRelease } from '../../../support/debian.ts';
import {
  descriptorOf,
  file,
  image,
  jsonBlob,
  layer,
  layoutFiles,
  layoutTar,
  symlink,
  tarOf,
  writeLayout,
} from '../../../support/images.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

const base = await layer([
  file('etc/os-release', osRelease()),
  file('var/lib/dpkg/status', dpkgStatus([{ name: 'a', version: '1' }])),
]);
const app = await layer([file('app/run', 'x')], 'zstd');
const built = image([base, app, base]);

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

/** The first header with a size that is no number, and the checksum that it then has. */
function withoutSize(tar: Buffer): Buffer {
  tar.write('\xf8#000000026 ', 124, 'latin1');
  tar.fill(' ', 148, 156);
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return tar;
}
