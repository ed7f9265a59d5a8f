/**
 * Parts a stream of bytes into lines of bounded length.
 *
 * The last line must end too: published files do, and a file that was cut off in its last figure
 * can't be told from a whole one otherwise.
 */
import { CavendishError } from '../../core/errors/error.ts';
import { type FeedBounds, passes } from './bounds.ts';

const LINE_FEED = 0x0a;

/** @throws CavendishError `bad-input` where the last line does not end, `limit-exceeded` */
export async function* csvLines(
  bytes: AsyncIterable<Uint8Array>,
  { maxLineBytes }: Pick<FeedBounds, 'maxLineBytes'>,
): AsyncIterable<string> {
  let rest: Buffer = Buffer.alloc(0);
  let count = 0;
  for await (const chunk of bytes) {
    const buffer: Buffer = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = buffer.indexOf(LINE_FEED); end !== -1; end = buffer.indexOf(LINE_FEED, start)) {
      count += 1;
      if (end - start > maxLineBytes) throw tooLong(count, maxLineBytes);
      yield buffer.toString('utf8', start, end).replace(/\r$/u, '');
      start = end + 1;
    }
    rest = buffer.subarray(start);
    if (rest.length > maxLineBytes) throw tooLong(count + 1, maxLineBytes);
  }
  if (rest.length > 0) {
    throw new CavendishError('bad-input', `the file is cut off: line ${String(count + 1)} does not end`, {
      next: 'Download it again.',
    });
  }
}

function tooLong(line: number, most: number): CavendishError {
  return passes(`line ${String(line)}`, `longer than ${String(most)} bytes`);
}
