/**
 * A stream, or a compressed archive, as a file of its own for as long as it is read.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { pipeline as pipelineDone } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { CavendishError } from '../../../core/errors/error.ts';
import { explain } from './file-errors.ts';
import { PIECE } from './files.ts';

/** Bytes that are spooled at most, and how many of them a byte of the source may become. */
const MAX_BYTES = 64 * 1024 ** 3;
const MAX_RATIO = 200;
const RATIO_FROM = 64 * 1024 ** 2;

export interface Spooled {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Writes a stream to a temporary file, unpacked where it is a gzip.
 *
 * @param name - what people call the source, in messages
 * @throws CavendishError `limit-exceeded`, `integrity-failed`, `bad-input`, `storage-full`
 */
export async function spool(source: AsyncIterable<Uint8Array>, name: string): Promise<Spooled> {
  const folder = await mkdtemp(join(tmpdir(), 'cavendish-'));
  const path = join(folder, 'image.tar');
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await pipelineDone(bounded(source, name), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return { path, remove };
  } catch (error) {
    await remove();
    throw readable(error, name);
  }
}

async function* bounded(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let taken = 0;
  let written = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      taken += piece.byteLength;
      yield piece;
    }
  }
  for await (const piece of unpacked(counted(), name)) {
    written += piece.byteLength;
    const bomb = written > RATIO_FROM && written > MAX_RATIO * taken;
    if (bomb || written > MAX_BYTES) {
      const bound = bomb ? `${MAX_RATIO} times its size` : `${MAX_BYTES} bytes`;
      throw new CavendishError('limit-exceeded', `${name} unpacks to more than ${bound}`);
    }
    yield piece;
  }
}

async function* unpacked(source: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let head: Uint8Array = Buffer.alloc(0);
  while (head.byteLength < 4) {
    const next = await source.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    if (head.byteLength > 0) yield head;
    yield* source;
  }

  if (isGzip(head)) {
    // The error of either end is thrown where the stream is read.
    yield* pipeline(
      Readable.from(whole()),
      createGunzip({ chunkSize: PIECE }),
      () => undefined,
    ) as AsyncIterable<Uint8Array>;
  } else if (Buffer.from([0x28, 0xb5, 0x2f, 0xfd]).equals(head.subarray(0, 4))) {
    throw new CavendishError('unsupported', `${name} is packed with zstd`, {
      next: `Unpack it first: zstd -d ${name}`,
    });
  } else yield* whole();
}

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

function readable(error: unknown, name: string): unknown {
  if (!Error.isError(error) || !('code' in error) || !String(error.code).startsWith('Z_')) return explain(error, name);
  return error.code === 'Z_BUF_ERROR'
    ? new CavendishError('integrity-failed', `${name} is truncated`, { cause: error })
    : new CavendishError('bad-input', `${name} can not be unpacked: ${error.message}`, { cause: error });
}
