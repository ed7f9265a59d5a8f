/** Commands that answer what stands on standard input or in a file, a line each, as it comes. */
import { pipeline } from 'node:stream/promises';

import { CavendishError } from '../core/errors/error.ts';
import type { Io } from './io.ts';
import { LineCutter } from './line-cutter.ts';

/**
 * In bounded memory: a chunk of lines is answered and written before the next is read.
 *
 * @param longest - the most that a line may have, in UTF-16 code units
 * @param answersOf - what is written of these lines; null stands for one that is longer
 * @throws CavendishError `unavailable` where it is ended before the input is
 */
export async function answerLines(
  input: AsyncIterable<Uint8Array | string>,
  longest: number,
  answersOf: (lines: readonly (string | null)[]) => string | Promise<string>,
  { stdout, signal }: Pick<Io, 'stdout' | 'signal'>,
): Promise<void> {
  const cutter = new LineCutter(longest);
  async function* answers(chunks: AsyncIterable<Uint8Array | string>) {
    for await (const chunk of chunks) yield await answersOf(cutter.push(chunk));
    yield await answersOf(cutter.end());
  }
  try {
    await pipeline(input, answers, stdout, { end: false, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new CavendishError('unavailable', 'it was ended before the last line', { cause: error });
  }
}
