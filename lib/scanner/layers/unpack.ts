/**
 * A layer as stored → its tar, streamed: unpacked by what its bytes are, bounded, and verified
 * against digest, size and diff ID in one pass. Never a whole layer in memory.
 */
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { CavendishError } from '../../core/errors/error.ts';
import { isForeignLayer, layerPacking } from '../../core/image/media-types.ts';
import type { ImageLayer } from '../../core/image/open-image.ts';
import { limitExceeded, type Limits } from '../limits.ts';
import { type Expected, meter } from './meter.ts';
import { piecesOf } from './pieces.ts';
import { unzstd } from './zstd.ts';

const CHUNK = 128 * 1024;

/**
 * Forms that a layer's first bytes give away. Media types lie often enough (a gzip in a
 * docker-archive, a plain tar pushed as gzip) that runtimes go by the bytes, and so do we.
 */
const FORMS = [
  { form: 'gzip', magic: [0x1f, 0x8b] },
  { form: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { form: 'bzip2', magic: [0x42, 0x5a, 0x68] },
  { form: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
] as const;

/** @throws CavendishError `unsupported` where the media type is one that is not read */
export function assertReadable({ mediaType }: ImageLayer): void {
  if (layerPacking(mediaType) !== null) return;
  const why = isForeignLayer(mediaType)
    ? 'is kept elsewhere (a foreign layer)'
    : 'is of a type that Cavendish does not read';
  throw new CavendishError('unsupported', `the layer ${why}: ${mediaType}`);
}

/** What the stored bytes of a layer have to be. */
export function asStored({ digest, size }: ImageLayer): Expected {
  return { what: 'the layer as stored', digest, size };
}

/**
 * Unpacks a layer.
 *
 * @param stored - the bytes of the layer, as its source gives them
 * @throws CavendishError `integrity-failed`, `limit-exceeded`, `unsupported`, `bad-input`
 */
export async function* unpack(
  stored: AsyncIterable<Uint8Array>,
  layer: ImageLayer,
  limits: Limits,
): AsyncGenerator<Uint8Array, void, undefined> {
  let storedBytes = 0;
  const counted = meter(stored, asStored(layer), (total) => {
    storedBytes = total;
    if (total > limits.storedBytes)
      throw limitExceeded(`the layer has more than ${limits.storedBytes} bytes as stored`);
  });
  yield* meter(plain(counted), { what: 'the layer unpacked', digest: layer.diffId, size: null }, (total) => {
    if (total > limits.unpackedBytes)
      throw limitExceeded(`the layer unpacks to more than ${limits.unpackedBytes} bytes`);
    if (total > limits.ratioFrom && total > limits.ratio * storedBytes) {
      throw limitExceeded(`the layer unpacks to more than ${limits.ratio} times its size: a bomb`);
    }
  });
}

async function* plain(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const pieces = piecesOf(bytes);
  try {
    const head = await pieces.take(6);
    const form = FORMS.find(({ magic }) => magic.every((byte, at) => head[at] === byte))?.form;
    const whole = joined(head, pieces.pass(Number.POSITIVE_INFINITY));

    if (form === undefined) yield* whole;
    else if (form === 'zstd') yield* unzstd(whole);
    else if (form === 'gzip') yield* gunzip(whole);
    else throw new CavendishError('unsupported', `the layer is packed with ${form}, which Cavendish does not read`);
  } finally {
    await pieces.close();
  }
}

async function* gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  // The error of either end is thrown where the stream is read.
  yield* pipeline(
    Readable.from(bytes),
    createGunzip({ chunkSize: CHUNK }),
    () => undefined,
  ) as AsyncIterable<Uint8Array>;
}

async function* joined(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  if (head.byteLength > 0) yield head;
  yield* rest;
}
