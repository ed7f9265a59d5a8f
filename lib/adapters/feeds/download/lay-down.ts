/** Lays what an answer brings down in a file, counted, and behind what is there of it. */
import { open } from 'node:fs/promises';

import { CavendishError } from '../../../core/errors/error.ts';
import type { Fetching, Wanted } from '../../../pipeline/ports/feed-downloads.ts';
import { explainRead } from '../failures.ts';
import { unreachable } from './fetch-failures.ts';
import type { HttpAnswer } from './http-get.ts';

/** Bytes between two words of progress. */
const PROGRESS_BYTES = 1024 ** 2;

interface Place {
  readonly path: string;
  /** Bytes that are there and stay. */
  readonly start: number;
}

/**
 * @returns how many bytes are there then
 * @throws Passing, CavendishError `limit-exceeded`, `storage-full`
 */
export async function layDown(
  answer: HttpAnswer,
  { path, start }: Place,
  { url, maxBytes }: Wanted,
  { onProgress }: Fetching,
): Promise<number> {
  const length = Number(answer.headers['content-length'] ?? Number.NaN);
  const of = Number.isNaN(length) ? null : start + length;
  const tooLong = new CavendishError('limit-exceeded', `${url} has more than ${maxBytes} bytes`, {
    next: 'No feed that is published is as large: check where the address leads.',
  });
  if (of !== null && of > maxBytes) {
    answer.close();
    throw tooLong;
  }
  const handle = await open(path, start === 0 ? 'w' : 'a', 0o600).catch((error: unknown) => {
    answer.close();
    throw explainRead(error, path);
  });
  let bytes = start;
  let told = start;
  try {
    for await (const chunk of answer.body()) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLong;
      await handle.writeFile(chunk).catch((error: unknown) => {
        throw explainRead(error, path);
      });
      if (bytes - told >= PROGRESS_BYTES) {
        onProgress?.({ url, bytes, of });
        told = bytes;
      }
    }
  } catch (error) {
    throw unreachable(error, url);
  } finally {
    await handle.close();
  }
  onProgress?.({ url, bytes, of });
  return bytes;
}
