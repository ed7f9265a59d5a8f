import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';

import { explainFile } from '../../adapters/local/home/file-failures.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { Io } from '../io.ts';

/**
 * A file that a person names, or standard input for `-`: whole, and never more than its bound.
 *
 * @throws CavendishError `not-found`, `limit-exceeded`, `unavailable`
 */
export async function readInput(file: string, most: number, { stdin }: Pick<Io, 'stdin'>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream = await openInput(file, { stdin });
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk as Uint8Array | string);
      size += bytes.length;
      if (size > most) {
        throw new CavendishError('limit-exceeded', `${file} is larger than ${String(most / 1024 / 1024)} MiB`);
      }
      chunks.push(bytes);
    }
  } catch (error) {
    throw error instanceof CavendishError ? error : explainFile(error, file);
  }
  return Buffer.concat(chunks);
}

/**
 * The same as a stream, for who reads it in pieces.
 *
 * @throws CavendishError `not-found`, `unavailable`
 */
export async function openInput(file: string, { stdin }: Pick<Io, 'stdin'>): Promise<Readable> {
  if (file === '-') return stdin;
  try {
    return (await open(file)).createReadStream();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new CavendishError('not-found', `there is no file ${file}`, { cause: error });
    }
    throw explainFile(error, file);
  }
}
