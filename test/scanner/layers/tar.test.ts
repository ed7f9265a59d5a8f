import { describe, expect, it } from '@jest/globals';

import { readTar, type TarEntry } from '../../../lib/scanner/layers/tar.ts';
import { directory, file, hardLink, symlink, tarOf } from '../../support/layers.ts';
import { streamOf } from './support.ts';

interface Read {
  readonly entry: TarEntry;
  readonly content: string;
}

async function read(tar: Uint8Array, size?: number): Promise<readonly Read[]> {
  const found: Read[] = [];
  await readTar(streamOf(tar, size), (entry) => {
    const pieces: Uint8Array[] = [];
    return {
      write: (piece) => void pieces.push(Buffer.from(piece)),
      end: () => void found.push({ entry, content: Buffer.concat(pieces).toString() }),
    };
  });
  return found;
}

const BLOCK = 512;
const small = await tarOf([file('a', 'content'), directory('b'), symlink('c', 'a'), hardLink('d', 'a')]);

/** The same archive with another byte in the header at a block, its checksum set right. */
function patched(tar: Buffer, block: number, at: number, value: string): Buffer {
  const copy = Buffer.from(tar);
  const header = copy.subarray(block * BLOCK, (block + 1) * BLOCK);
  header.write(value, at, 'latin1');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return copy;
}

describe('readTar', () => {
  it.each([1, 7, 512, 100_000])('reads entries and their content, %i bytes at a time', async (size) => {
    expect(await read(small, size)).toEqual([
      { entry: { name: 'a', type: 'file', target: '', size: 7, sparse: false }, content: 'content' },
      { entry: { name: 'b', type: 'directory', target: '', size: 0, sparse: false }, content: '' },
      { entry: { name: 'c', type: 'symlink', target: 'a', size: 0, sparse: false }, content: '' },
      { entry: { name: 'd', type: 'link', target: 'a', size: 0, sparse: false }, content: '' },
    ]);
  });

  it('reads on after a folder that says it has a size', async () => {
    const found = await read(patched(small, 2, 124, '00000000100'));
    expect(found.map(({ entry }) => [entry.name, entry.size])).toEqual([
      ['a', 7],
      ['b', 0],
      ['c', 0],
      ['d', 0],
    ]);
  });

  it('reads long names and large files', async () => {
    const name = `${'folder/'.repeat(40)}${'ü'.repeat(100)}`;
    const content = 'x'.repeat(300_000);
    expect(await read(await tarOf([file(name, content)]), 4096)).toMatchObject([{ entry: { name }, content }]);
  });

  it.each([
    ['without an end mark', small.subarray(0, small.length - 2 * BLOCK), 4],
    ['of nothing', Buffer.alloc(0), 0],
    ['of zeros', Buffer.alloc(10_240), 0],
  ])('reads an archive %s', async (_what, tar, count) => {
    expect(await read(tar)).toHaveLength(count);
  });

  it.each([
    ['that ends within a file', small.subarray(0, BLOCK + 3), 'integrity-failed', /truncated/u],
    ['that ends within a header', small.subarray(0, BLOCK - 1), 'integrity-failed', /truncated/u],
    ['that is none', Buffer.from('no tar at all'.repeat(100)), 'bad-input', /no tar that can be read/u],
    ['with an entry after its end', Buffer.concat([small, small]), 'bad-input', /goes on after the end/u],
    [
      'with an entry after one zero block',
      Buffer.concat([small.subarray(0, 2 * BLOCK), Buffer.alloc(BLOCK), small]),
      'bad-input',
      /goes on after the end/u,
    ],
    ['with a link that has content', patched(small, 3, 124, '00000001000'), 'bad-input', /has content: "c"/u],
    [
      'with a kind of entry that is not known',
      patched(small, 0, 156, 'S'),
      'unsupported',
      /a kind that is not read: "a"/u,
    ],
    ['with a size that is none', patched(small, 0, 124, '\xf8#000000026 '), 'bad-input', /has no size: "a"/u],
    ['with a negative size', patched(small, 0, 124, '\xff'.repeat(12)), 'bad-input', /no tar that can be read/u],
  ])('refuses an archive %s', async (_what, tar, code, message) => {
    for (const size of [100, BLOCK, 100_000]) {
      await expect(read(tar, size)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    }
  });

  it('gives the name of a sparse file as it will be unpacked', async () => {
    const pax = { 'GNU.sparse.major': '1', 'GNU.sparse.name': 'var/log/lastlog', 'GNU.sparse.realsize': '9' };
    const tar = await tarOf([{ ...file('GNUSparseFile.1/lastlog', 'map'), pax }]);
    expect(await read(tar)).toMatchObject([{ entry: { name: 'var/log/lastlog', sparse: true } }]);
  });

  it.each([
    [
      'an entry is visited',
      () => {
        throw new Error('not this one');
      },
    ],
    [
      'content arrives',
      () => ({
        write: () => {
          throw new Error('not this one');
        },
        end: () => undefined,
      }),
    ],
    [
      'content ends',
      () => ({
        write: () => undefined,
        end: () => {
          throw new Error('not this one');
        },
      }),
    ],
  ])('passes on what is thrown when %s, and lets go of the stream', async (_when, visit) => {
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield small.subarray(0, 2 * BLOCK);
      } finally {
        closed = true;
      }
    }
    await expect(readTar(source(), visit)).rejects.toThrow('not this one');
    expect(closed).toBe(true);
  });

  it('passes on what the source throws', async () => {
    async function* source(): AsyncGenerator<Uint8Array> {
      yield small.subarray(0, 100);
      throw new Error('the line is cut');
    }
    await expect(readTar(source(), () => null)).rejects.toThrow('the line is cut');
  });
});
