/**
 * Looks for marks in the bytes of a file as they stream by, and keeps the bytes behind them.
 *
 * The search costs little beside the hashing of the same bytes, and what is kept is bounded by
 * whoever asks: never the file.
 */
import type { Region } from './elf.ts';

/** Bytes that are seen behind a mark when it is found, unless the file ends before. */
export const AHEAD = 256;

/** Told of each place; `ahead` begins with the mark. */
export interface Needle {
  readonly bytes: Buffer;
  /** Where it may begin. */
  readonly regions: readonly Region[];
  found(offset: number, ahead: Buffer): void;
}

/** Bytes that are being kept. */
export interface Capture {
  readonly from: number;
  /** Those that were seen so far. */
  bytes(): Buffer;
}

export interface Stream {
  write(piece: Uint8Array): void;
  /** The file is at its end: marks in its last bytes are told too. */
  end(): void;
  /** Keeps bytes from an offset on, as many as there are; from what has gone by nothing is kept. */
  keep(from: number, length: number): Capture;
}

interface Keeping {
  readonly from: number;
  readonly bytes: Buffer;
  have: number;
}

export function searchStream(needles: readonly Needle[]): Stream {
  const keeping: Keeping[] = [];
  /** The last bytes that were seen, in which marks may begin that go on behind them. */
  let carried: Buffer = Buffer.alloc(0);
  let position = 0;
  let window: Buffer = carried;

  function look(last: boolean): void {
    const base = position - window.length;
    const until = last ? window.length : window.length - AHEAD + 1;
    for (const { bytes, regions, found } of needles) {
      for (const { from, to } of regions) {
        const end = Math.min(to - base, until);
        for (let at = Math.max(from - base, 0); at < end; at += 1) {
          const next = window.subarray(at, end + bytes.length - 1).indexOf(bytes);
          if (next === -1) break;
          at += next;
          found(base + at, window.subarray(at, at + AHEAD));
        }
      }
    }
  }

  /** Copies what is in the window and is to be kept. */
  function fill(): void {
    const base = position - window.length;
    for (const one of keeping) {
      const start = one.from + one.have - base;
      if (one.have === one.bytes.length || start < 0 || start >= window.length) continue;
      one.have += window.copy(one.bytes, one.have, start, Math.min(window.length, start + one.bytes.length - one.have));
    }
  }

  function take(piece: Buffer, last: boolean): void {
    window = carried.length === 0 ? piece : Buffer.concat([carried, piece]);
    position += piece.length;
    look(last);
    fill();
    carried = Buffer.from(window.subarray(Math.max(window.length - AHEAD + 1, 0)));
  }

  return {
    write: (piece) => take(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength), false),
    end: () => take(Buffer.alloc(0), true),
    keep(from, length) {
      const one: Keeping = { from, bytes: Buffer.alloc(length), have: 0 };
      keeping.push(one);
      return { from, bytes: () => one.bytes.subarray(0, one.have) };
    },
  };
}
