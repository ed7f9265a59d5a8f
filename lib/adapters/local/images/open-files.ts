/** Opens what holds an image: a folder, a tar, a gzipped tar, or a stream of either. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';

import { CavendishError } from '../../../core/errors/error.ts';
import { explain } from './file-errors.ts';
import { type Files, PIECE } from './files.ts';
import { folderFiles } from './folder-files.ts';
import { isGzip, spool } from './spool.ts';
import { tarFiles } from './tar-files.ts';

/** A path, or the bytes of an archive. */
export type ImageFile = string | AsyncIterable<Uint8Array>;

/** What a stream is called. */
const STREAM = 'standard input';

/** @throws CavendishError `not-found`, `bad-input`, `integrity-failed`, `limit-exceeded`, `unavailable`, `storage-full` */
export async function openFiles(what: ImageFile): Promise<Files> {
  if (typeof what !== 'string') return spooledFiles(what, STREAM);
  try {
    const found = await stat(what);
    if (found.isDirectory()) return await folderFiles(what);
    if (!found.isFile()) throw new CavendishError('bad-input', `${what} is neither a file nor a folder`);
    if (!isGzip(await headOf(what))) return await tarFiles(what);
    return await spooledFiles(createReadStream(what, { highWaterMark: PIECE }), what);
  } catch (error) {
    throw explain(error, what);
  }
}

async function spooledFiles(source: AsyncIterable<Uint8Array>, name: string): Promise<Files> {
  const { path, remove } = await spool(source, name);
  try {
    return await tarFiles(path, name, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
