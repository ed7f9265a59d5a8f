/**
 * Reads a stream of bytes by count instead of by chance: so many of them at once, or one by one.
 */
export interface Pieces {
  /** The next `count` bytes together; fewer at the end of the stream. */
  take(count: number): Promise<Buffer>;
  /** The next `count` bytes as they come; fewer at the end of the stream. */
  pass(count: number): AsyncGenerator<Uint8Array, void, undefined>;
  /** Ends the stream, read to its end or not. */
  close(): Promise<void>;
}

export function piecesOf(bytes: AsyncIterable<Uint8Array>): Pieces {
  const source = bytes[Symbol.asyncIterator]();
  let held: Uint8Array = Buffer.alloc(0);

  async function* pass(count: number): AsyncGenerator<Uint8Array, void, undefined> {
    let left = count;
    while (left > 0) {
      if (held.byteLength === 0) {
        const next = await source.next();
        if (next.done === true) return;
        held = next.value;
      }
      const piece = held.subarray(0, left);
      held = held.subarray(piece.byteLength);
      left -= piece.byteLength;
      if (piece.byteLength > 0) yield piece;
    }
  }

  async function take(count: number): Promise<Buffer> {
    return Buffer.concat(await Array.fromAsync(pass(count)));
  }

  async function close(): Promise<void> {
    await source.return?.();
  }

  return { take, pass, close };
}
