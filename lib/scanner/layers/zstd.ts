/**
 * Unpacks Zstandard (RFC 8878), frame by frame.
 *
 * node:zlib ends after the first frame, and drops what follows without a word. Layers have many
 * (zstd:chunked has one a file, and skippable frames), so their bounds are found here.
 */
import { pipeline } from 'node:stream';
import { constants, createZstdDecompress } from 'node:zlib';

import { CavendishError } from '../../core/errors/error.ts';
import { type Pieces, piecesOf } from './pieces.ts';

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
/** 128 MiB, what the reference decoder allows: memory that one frame may ask for. */
const WINDOW_LOG_MAX = 27;
const BLOCK_MAX = 128 * 1024;

/** @throws CavendishError `bad-input`, `integrity-failed` where it is truncated */
export async function* unzstd(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const pieces = piecesOf(bytes);
  try {
    for (let magic = await pieces.take(4); magic.length > 0; magic = await pieces.take(4)) {
      yield* unpackFrame(pieces, complete(magic, 4));
    }
  } finally {
    await pieces.close();
  }
}

async function* unpackFrame(pieces: Pieces, magic: Buffer): AsyncGenerator<Uint8Array, void, undefined> {
  const kind = magic.readUInt32LE();
  if (((kind ^ SKIPPABLE) & ~0xf) === 0) {
    await skip(pieces, (await exactly(pieces, 4)).readUInt32LE());
  } else if (kind === MAGIC) {
    const decompress = createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX } });
    // The error of either end is thrown where the stream is read.
    yield* pipeline(frame(pieces, magic), decompress, () => undefined) as AsyncIterable<Uint8Array>;
  } else {
    throw new CavendishError('bad-input', 'what follows a Zstandard frame is none');
  }
}

/** The bytes of one frame, its magic first (RFC 8878, section 3.1.1). */
async function* frame(pieces: Pieces, magic: Buffer): AsyncGenerator<Uint8Array, void, undefined> {
  const descriptor = await exactly(pieces, 1);
  const flags = descriptor.readUInt8();
  const single = (flags & 0x20) !== 0;
  const sizeField = [single ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const dictionaryField = [0, 1, 2, 4][flags & 3] ?? 0;
  yield Buffer.concat([magic, descriptor, await exactly(pieces, (single ? 0 : 1) + dictionaryField + sizeField)]);

  for (let last = false; !last;) {
    const head = await exactly(pieces, 3);
    const block = head.readUIntLE(0, 3);
    last = (block & 1) === 1;
    const size = ((block >> 1) & 3) === 1 ? 1 : block >> 3;
    if (size > BLOCK_MAX) throw new CavendishError('bad-input', 'a Zstandard block is larger than blocks may be');
    yield Buffer.concat([head, await exactly(pieces, size)]);
  }
  if ((flags & 4) !== 0) yield await exactly(pieces, 4);
}

async function skip(pieces: Pieces, count: number): Promise<void> {
  let skipped = 0;
  for await (const piece of pieces.pass(count)) skipped += piece.byteLength;
  if (skipped < count) throw truncated();
}

async function exactly(pieces: Pieces, count: number): Promise<Buffer> {
  return complete(await pieces.take(count), count);
}

function complete(bytes: Buffer, count: number): Buffer {
  if (bytes.length < count) throw truncated();
  return bytes;
}

function truncated(): CavendishError {
  return new CavendishError('integrity-failed', 'the Zstandard stream is truncated');
}
