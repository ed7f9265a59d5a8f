/**
 * Reads files whole that may be larger than others: held in memory once, at the place that they take.
 */
import type { ContentReader } from './cataloger.ts';

/**
 * @param size - bytes that there will be
 * @param most - bytes that are read
 * @param read - keeps no part of the bytes
 * @param tooLarge - the content of a file that has more
 */
export function wholeFile<Content>(
  size: number,
  most: number,
  read: (bytes: Buffer) => Content,
  tooLarge: () => Content,
): ContentReader<Content> {
  if (size > most) return { write: () => undefined, end: tooLarge };
  const bytes = Buffer.allocUnsafeSlow(size);
  let at = 0;
  return {
    write(piece) {
      bytes.set(piece, at);
      at += piece.byteLength;
    },
    end() {
      try {
        return read(bytes.subarray(0, at));
      } finally {
        // The memory is given back now, not when it is found to be free: the next file may be as large.
        bytes.buffer.transfer(0);
      }
    },
  };
}
