/**
 * The floor: what anybody does in Node who verifies the layers of an image and looks at their entries, and nothing else.
 * Unpack, tar, both hashes. `node bench/floor.ts IMAGE` prints `{milliseconds, peak}`, peak in MiB.
 */
import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { extract } from 'tar-stream';

import { withImage } from './with-image.ts';

const UNPACK = { gzip: createGunzip, zstd: createZstdDecompress } as const;

function hashed(): Transform {
  const hash = createHash('sha256');
  return new Transform({
    transform(piece: Buffer, _, done) {
      hash.update(piece);
      done(null, piece);
    },
    flush(done) {
      hash.digest();
      done();
    },
  });
}

const start = performance.now();
await withImage(process.argv[2] ?? '', async (image) => {
  for (const layer of image.layers) {
    const [, packing] = /(gzip|zstd)$/u.exec(layer.mediaType) ?? [];
    const unpacked = packing === undefined ? [] : [UNPACK[packing as keyof typeof UNPACK]({ chunkSize: 128 * 1024 })];
    const archive = extract();
    archive.on('entry', (_, content, next) => {
      content.on('end', next).resume();
    });
    await pipeline([Readable.from(await image.readLayer(layer)), hashed(), ...unpacked, hashed(), archive]);
  }
});
const peak = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ milliseconds: performance.now() - start, peak }));
