import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';

import { unzstd } from '../../../lib/scanner/layers/zstd.ts';
import { streamOf, whole } from './support.ts';

const TEXT = Buffer.from('a layer of an image, '.repeat(20_000));
const NOISE = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919 + (at >> 7) * 104_729) & 0xff));
const FRAME = zstdCompressSync(TEXT);
const SKIPPABLE = Buffer.concat([Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0]), Buffer.from('toc')]);

describe('unzstd', () => {
  it.each([
    ['one frame', [FRAME], [TEXT]],
    ['frames one after the other', [FRAME, zstdCompressSync(NOISE), FRAME], [TEXT, NOISE, TEXT]],
    ['a frame to skip between them', [FRAME, SKIPPABLE, FRAME], [TEXT, TEXT]],
    ['a frame to skip first', [SKIPPABLE, FRAME], [TEXT]],
    ['an empty frame', [zstdCompressSync(Buffer.alloc(0)), FRAME], [TEXT]],
    ['a run of one byte', [zstdCompressSync(Buffer.alloc(500_000, 1))], [Buffer.alloc(500_000, 1)]],
    ['a checksum', [zstdCompressSync(TEXT, { params: { 201: 1 } }), FRAME], [TEXT, TEXT]],
    ['nothing', [], []],
  ])('unpacks %s', async (_what, packed, expected) => {
    for (const size of [7, 1 << 20]) {
      const unpacked = await whole(unzstd(streamOf(Buffer.concat(packed), size)));
      expect(unpacked.equals(Buffer.concat(expected))).toBe(true);
    }
  });

  it.each([
    ['in a block', FRAME.subarray(0, FRAME.length - 5)],
    ['in a header', FRAME.subarray(0, 5)],
    ['in the magic', Buffer.concat([FRAME, FRAME.subarray(0, 2)])],
    ['in a frame to skip', SKIPPABLE.subarray(0, 9)],
  ])('says where a stream is truncated %s', async (_where, packed) => {
    await expect(whole(unzstd(streamOf(packed)))).rejects.toMatchObject({
      code: 'integrity-failed',
      message: /truncated/u,
    });
  });

  it('refuses what follows a frame and is none', async () => {
    const packed = Buffer.concat([FRAME, Buffer.from('garbage')]);
    await expect(whole(unzstd(streamOf(packed)))).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('refuses a block that is larger than blocks may be', async () => {
    const head = Buffer.concat([FRAME.subarray(0, 4), Buffer.from([0x00, 0x00]), Buffer.from([0xf9, 0xff, 0xff])]);
    await expect(whole(unzstd(streamOf(head)))).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('passes on what zlib says of broken blocks', async () => {
    const broken = Buffer.from(FRAME);
    broken.fill(0xff, 12, 20);
    await expect(whole(unzstd(streamOf(broken)))).rejects.toThrow();
  });
});
