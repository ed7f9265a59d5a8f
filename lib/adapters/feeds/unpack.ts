/** Opens gzip and zip, within bounds. */
import { createWriteStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { pipeline as pipelined } from 'node:stream/promises';
import { crc32, createGunzip } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

import { CavendishError } from '../../core/errors/error.ts';
import { type Meter, passes } from './bounds.ts';
import { explainRead, explainZip } from './failures.ts';

export async function* gunzip(
  bytes: AsyncIterable<Uint8Array>,
  where: string,
  meter: Meter,
): AsyncIterable<Uint8Array> {
  const { maxRatio, ratioFrom } = meter.bounds;
  let packed = 0;
  async function* counted(): AsyncIterable<Uint8Array> {
    for await (const chunk of bytes) {
      packed += chunk.length;
      yield chunk;
    }
  }
  const unpacked = createGunzip();
  pipeline(Readable.from(counted()), unpacked, () => {
    // Whether it failed or not comes out of the iteration below.
  });
  let size = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      size += chunk.length;
      meter.bytes(chunk.length, where);
      if (size > ratioFrom && size > packed * maxRatio)
        throw passes(where, `unpacks to ${String(maxRatio)} times its size`);
      yield chunk;
    }
  } catch (error) {
    throw explainRead(error, where);
  }
}

/** A file of an archive. */
export interface Unpacked {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The files of a zip archive, in its order; each must be read before the next. */
export async function* unzip(path: string, where: string, meter: Meter): AsyncIterable<Unpacked> {
  let zip: ZipFile | null = null;
  try {
    zip = await openPromise(path);
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      const name = `${where}: ${entry.fileName}`;
      meter.file(name);
      yield { name, bytes: readEntry(zip, entry, name, meter) };
    }
  } catch (error) {
    throw explainZip(error, where);
  } finally {
    zip?.close();
  }
}

async function* readEntry(zip: ZipFile, entry: Entry, where: string, meter: Meter): AsyncIterable<Uint8Array> {
  const { maxRatio, ratioFrom } = meter.bounds;
  if (entry.uncompressedSize > ratioFrom && entry.uncompressedSize > entry.compressedSize * maxRatio) {
    throw passes(where, `unpacks to ${String(maxRatio)} times its size`);
  }
  if (!entry.canDecodeFileData()) {
    throw new CavendishError('unsupported', `${where}: encrypted, or compressed in a way that is not read`);
  }
  let checksum = 0;
  try {
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      meter.bytes(chunk.length, where);
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    throw explainZip(error, where);
  }
  if (checksum !== entry.crc32) {
    throw new CavendishError('integrity-failed', `${where}: its bytes do not have their checksum`, {
      next: 'Download the archive again.',
    });
  }
}

/** Lays bytes down as a file: an archive in an archive can only be read so. */
export async function layDown(bytes: AsyncIterable<Uint8Array>, path: string): Promise<void> {
  try {
    await pipelined(Readable.from(bytes), createWriteStream(path, { mode: 0o600, flags: 'wx' }));
  } catch (error) {
    throw explainRead(error, path);
  }
}
