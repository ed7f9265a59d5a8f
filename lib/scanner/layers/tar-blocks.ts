/**
 * The blocks of a tar: archives are cut into 512 bytes, and end with blocks of zeros.
 */
import type { Header } from 'tar-stream';

import { CavendishError } from '../../core/errors/error.ts';

const BLOCK = 512;

/** A header as tar-stream gives it: more than its types say. */
export type TarHeader = Omit<Header, 'type' | 'linkname' | 'size'> & {
  /** Null where the field is no number. */
  readonly size: number | null;
  /** Null for a kind that it does not know. */
  readonly type: string | null;
  readonly linkname: string | null;
  /** Where the content begins in the archive. */
  readonly byteOffset: number;
};

/** The same bytes, in pieces of whole blocks; only the last may be none. */
export async function* inBlocks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let rest: Uint8Array = Buffer.alloc(0);
  for await (const piece of bytes) {
    const all = rest.byteLength === 0 ? piece : Buffer.concat([rest, piece]);
    const whole = all.byteLength - (all.byteLength % BLOCK);
    rest = all.subarray(whole);
    if (whole > 0) yield all.subarray(0, whole);
  }
  if (rest.byteLength > 0) yield rest;
}

export interface EndMark {
  /** Takes the blocks that are read next. */
  feed(blocks: Uint8Array): void;
  /** Takes the header of an entry that was found in them, and the bytes of content that follow it. */
  pass(header: TarHeader, size: number): void;
}

/**
 * Watches for entries that come after the end of the archive.
 *
 * Runtimes stop at a zero block where a header should be; tar-stream reads on. What comes after
 * it would be scanned and never unpacked.
 *
 * @throws CavendishError `bad-input` from `pass`
 */
export function endMark(): EndMark {
  let blocks: Uint8Array = Buffer.alloc(0);
  /** Where they begin in the archive, and where the next header has to be. */
  let position = 0;
  let next = 0;
  let ended = false;

  function look(): void {
    const block = blocks.subarray(Math.max(next - position, 0), next - position + BLOCK);
    if (next >= position && block.byteLength === BLOCK && block.every((byte) => byte === 0)) ended = true;
  }

  return {
    feed(more) {
      look();
      position += blocks.byteLength;
      blocks = more;
    },
    pass({ byteOffset }, size) {
      look();
      if (ended) throw new CavendishError('bad-input', 'the layer goes on after the end of its tar');
      next = byteOffset + Math.ceil(size / BLOCK) * BLOCK;
    },
  };
}
