/** Where the files of a tar lie in it. */
import { pipeline } from 'node:stream/promises';
import { extract, type Header } from 'tar-stream';

import { CavendishError } from '../../../core/errors/error.ts';
import { cleanName, PIECE } from './files.ts';

const MAX_ENTRIES = 100_000;

/** Bytes from an offset of the archive, or the name of another file. */
export type Place = { readonly from: number; readonly size: number } | { readonly link: string };

/**
 * Reads an archive to its end. Of files with one name the last counts.
 *
 * @throws CavendishError `bad-input`, `integrity-failed` where it is cut off, `limit-exceeded`
 */
export async function indexTar(bytes: AsyncIterable<Uint8Array>, name: string): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  const options = { highWaterMark: PIECE, allowUnknownFormat: true };
  const archive = extract(options);
  archive.on('entry', (header, content, next) => {
    // What ends the content early ends the archive too, which says so.
    content.on('error', () => undefined);
    try {
      if (places.size === MAX_ENTRIES) {
        throw new CavendishError('limit-exceeded', `${name} has more than ${MAX_ENTRIES} files`);
      }
      const place = placeOf(header);
      if (place !== null) places.set(cleanName(header.name), place);
      // A folder has no content, whatever size it says: tar-stream would wait for that content.
      if (header.type === 'directory') next();
      else content.on('end', next).resume();
    } catch (error) {
      archive.destroy(Error.isError(error) ? error : new Error(String(error)));
    }
  });

  try {
    if (!isWritable(archive)) throw new TypeError('tar-stream is no writable stream');
    await pipeline(bytes, archive);
  } catch (error) {
    throw readable(error, name);
  }
  return places;
}

/** A writable stream as Node's are, by another maker, whose types do not say so. */
function isWritable(stream: object): stream is NodeJS.WritableStream {
  return 'write' in stream && 'end' in stream && 'on' in stream;
}

function placeOf(header: Header): Place | null {
  // It gives null for a size that is no number, and would wait for ever for the end of such a file.
  if (!Number.isSafeInteger(header.size)) throw new CavendishError('bad-input', 'a file in the archive has no size');
  if (header.type === 'file' || header.type === 'contiguous-file') {
    // tar-stream says where the content begins, and leaves it out of its types.
    const { byteOffset } = header as Header & { readonly byteOffset: number };
    return { from: byteOffset, size: header.size };
  }
  if (header.type === 'link') return { link: cleanName(header.linkname) };
  if (header.type !== 'symlink') return null;
  const folder = header.name.slice(0, header.name.lastIndexOf('/') + 1);
  return { link: cleanName(header.linkname.startsWith('/') ? header.linkname : folder + header.linkname) };
}

function readable(error: unknown, name: string): unknown {
  if (!Error.isError(error) || error instanceof CavendishError || 'code' in error) return error;
  if (error.message === 'Unexpected end of data') {
    return new CavendishError('integrity-failed', `${name} is truncated: it ends within a file`, { cause: error });
  }
  return new CavendishError('bad-input', `${name} is no archive that can be read: ${error.message}`, { cause: error });
}
