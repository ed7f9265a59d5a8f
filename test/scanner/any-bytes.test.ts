/** Whatever the bytes of a layer are, the scanner answers: with an inventory, or with an error of its own. */
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { canonicalBytes } from '../../lib/core/canonical/canonical.ts';
import { isCavendishError } from '../../lib/core/errors/error.ts';
import { scanImage } from '../../lib/scanner/scan-image.ts';
import { dpkgStatus, osRelease } from '../support/debian.ts';
import {
  type BuiltLayer,
  file,
  hardLink,
  image,
  layerOf,
  openImage,
  sha256,
  summed,
  symlink,
  tarOf,
} from '../support/images.ts';
import { memoryLayerCache } from '../support/layer-cache.ts';

const tar = await tarOf([
  file('usr/lib/os-release', osRelease()),
  symlink('etc/os-release', '../usr/lib/os-release'),
  file('var/lib/dpkg/status', dpkgStatus([{ name: 'a', version: '1' }])),
  file('var/lib/dpkg/status.d/b', 'Package: b\nVersion: 1\n'),
  file(`a/${'long/'.repeat(40)}name.jar`, 'x'),
  hardLink('b.jar', 'a'),
  { ...file('c', 'x'), pax: { comment: 'none' } },
]);

/** Bytes put in place of others, somewhere. */
const changes = fc.array(
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.uint8Array({ minLength: 1, maxLength: 12 })),
  {
    minLength: 1,
    maxLength: 6,
  },
);

function changed(bytes: Buffer, by: readonly (readonly [number, Uint8Array])[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const [where, put] of by)
    copy.set(put.subarray(0, copy.length), Math.floor(where * Math.max(copy.length - put.length, 0)));
  return copy;
}

async function answers(built: BuiltLayer): Promise<void> {
  const limits = { milliseconds: 5000 };
  try {
    const inventory = await scanImage(openImage(image([built])), { cache: memoryLayerCache(), limits });
    expect(canonicalBytes(inventory).length).toBeGreaterThan(0);
  } catch (error) {
    if (!isCavendishError(error)) throw error;
    expect(error.message).not.toMatch(/took longer/u);
  }
}

describe('a scan of whatever bytes', () => {
  it('answers where a tar was altered', async () => {
    await fc.assert(
      fc.asyncProperty(changes, (by) => answers(layerOf(changed(tar, by)))),
      { numRuns: 300 },
    );
  });

  it('answers where headers were altered', async () => {
    await fc.assert(
      fc.asyncProperty(changes, (by) => answers(layerOf(summed(changed(tar, by))))),
      { numRuns: 300 },
    );
  });

  it.each([
    ['gzip', gzipSync(tar)],
    ['zstd', zstdCompressSync(tar)],
    [
      'two frames of zstd',
      Buffer.concat([zstdCompressSync(tar.subarray(0, 3000)), zstdCompressSync(tar.subarray(3000))]),
    ],
  ])('answers where a %s was altered', async (_what, packed) => {
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (by, honest) => {
        const bytes = changed(packed, by);
        // With a digest of its own, or with that of what it was.
        await answers({ ...layerOf(tar), bytes, digest: sha256(honest ? bytes : packed) });
      }),
      { numRuns: 150 },
    );
  });
});
