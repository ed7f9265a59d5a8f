/** Files in a tar on disk: looked up once, then read where they lie. Nothing is unpacked. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import { CavendishError } from '../../../core/errors/error.ts';
import { explain } from './file-errors.ts';
import { cleanName, type Files, missing, PIECE, tooLarge } from './files.ts';
import { indexTar, type Place } from './tar-index.ts';

/** `docker save` links equal layers to one another: no further than this. */
const MAX_LINKS = 8;

/**
 * @param name - what people call the archive, in messages
 * @param done - what to do when it is closed
 * @throws CavendishError `bad-input` where it is no tar, `integrity-failed` where it is cut off,
 *   `limit-exceeded`, `not-found`
 */
export async function tarFiles(path: string, name = path, done = () => Promise.resolve()): Promise<Files> {
  try {
    const places = await indexTar(createReadStream(path, { highWaterMark: PIECE }), name);
    return filesIn(await open(path, 'r'), places, name, done);
  } catch (error) {
    throw explain(error, name);
  }
}

function filesIn(
  handle: FileHandle,
  places: ReadonlyMap<string, Place>,
  name: string,
  done: () => Promise<void>,
): Files {
  /** Null where it is not there. */
  function find(file: string): { readonly from: number; readonly size: number } | null {
    let at = cleanName(file);
    for (let links = 0; links <= MAX_LINKS; links += 1) {
      const place = places.get(at);
      if (place === undefined) return null;
      if (!('link' in place)) return place;
      at = place.link;
    }
    throw new CavendishError('bad-input', `${file} in ${name} is a chain of links without an end`);
  }

  return {
    name,
    size: async (file) => find(file)?.size ?? null,
    async read(file, maxBytes) {
      const place = find(file);
      if (place === null) return null;
      if (place.size > maxBytes) throw tooLarge(`${file} in ${name}`, place.size, maxBytes);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(place.size), 0, place.size, place.from);
      return buffer.subarray(0, bytesRead);
    },
    async stream(file, signal) {
      const place = find(file);
      if (place === null) throw missing(name, file);
      return pieces(handle, place, signal);
    },
    async close() {
      await handle.close();
      await done();
    },
  };
}

async function* pieces(
  handle: FileHandle,
  { from, size }: { readonly from: number; readonly size: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < size;) {
    signal?.throwIfAborted();
    const wanted = Math.min(PIECE, size - at);
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, from + at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}
