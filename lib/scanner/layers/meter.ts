/**
 * Counts and hashes bytes on their way, and holds them to what was said of them.
 */
import { createHash } from 'node:crypto';

import { CavendishError } from '../../core/errors/error.ts';
import { type Digest, hexOf } from '../../core/image/digest.ts';

export interface Expected {
  /** What the bytes are, in messages: `the layer as stored`. */
  readonly what: string;
  readonly digest: Digest;
  /** Null where nobody said how many bytes there are. */
  readonly size: number | null;
}

/**
 * Passes bytes on, and compares digest and size at their end.
 *
 * @param count - is told how many bytes there were, before each piece is passed on; may throw
 * @throws CavendishError `integrity-failed`
 */
export async function* meter(
  bytes: AsyncIterable<Uint8Array>,
  { what, digest, size }: Expected,
  count: (total: number) => void = () => undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash(digest.startsWith('sha512:') ? 'sha512' : 'sha256');
  let total = 0;
  for await (const piece of bytes) {
    total += piece.byteLength;
    if (size !== null && total > size) {
      throw new CavendishError('integrity-failed', `${what} is longer than the ${size} bytes that were stated`);
    }
    count(total);
    hash.update(piece);
    yield piece;
  }

  if (size !== null && total < size) {
    throw new CavendishError('integrity-failed', `${what} is truncated: ${total} of ${size} bytes`);
  }
  const found = hash.digest('hex');
  if (found !== hexOf(digest)) {
    throw new CavendishError('integrity-failed', `${what} does not have its digest ${digest}: ${found}`);
  }
}
