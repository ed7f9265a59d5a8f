/**
 * Looks for marks in the bytes of a file as they stream by, and keeps the bytes behind them.
 *
 * The search costs little beside the hashing of the same bytes, and what is kept is bounded by
 * whoever asks: never the file.
 */
import type { Region } from './elf.ts';

/** Bytes that are seen behind a mark when it is found, unless the file ends before. */
export const AHEAD = 256;

/** Places at which a mark is told: a file that is made of marks is not looked through to its end. */
export const MOST_PLACES = 10_000;

/** Told of each place, up to {@link MOST_PLACES}; `ahead` begins with the mark. */
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
  const sought = needles.filter(({ regions }) => regions.length > 0).map((needle) => ({ ...needle, places: 0 }));
  /** The last bytes that were seen: marks that begin in them are told when enough is seen of what follows. */
  let carried: Buffer = Buffer.alloc(0);
  let position = 0;

  /**
   * @param window - bytes of the file, the first of them at `base`
   * @param until - where in the window a mark has to begin before
   */
  function look(window: Buffer, base: number, until: number): void {
    for (const needle of sought) {
      const { bytes, regions, found } = needle;
      for (const { from, to } of regions) {
        const end = Math.min(to - base, until);
        for (let at = Math.max(from - base, 0); at < end && needle.places < MOST_PLACES; at += 1) {
          const next = window.subarray(at, end + bytes.length - 1).indexOf(bytes);
          if (next === -1) break;
          at += next;
          needle.places += 1;
          found(base + at, window.subarray(at, at + AHEAD));
        }
      }
    }
  }

  /** Copies what is in the window and is to be kept. */
  function fill(window: Buffer, base: number): void {
    for (const one of keeping) {
      const start = one.from + one.have - base;
      if (one.have === one.bytes.length || start < 0 || start >= window.length) continue;
      one.have += window.copy(one.bytes, one.have, start, Math.min(window.length, start + one.bytes.length - one.have));
    }
  }

  function take(piece: Buffer): void {
    const base = position - carried.length;
    // Only the seam is copied: most of a piece is searched where it lies.
    const seam = Buffer.concat([carried, piece.subarray(0, AHEAD)]);
    look(seam, base, Math.min(carried.length, seam.length - AHEAD + 1));
    fill(seam, base);
    look(piece, position, piece.length - AHEAD + 1);
    fill(piece, position);
    position += piece.length;
    carried = Buffer.from(piece.length < AHEAD ? seam.subarray(-AHEAD + 1) : piece.subarray(-AHEAD + 1));
  }

  function end(): void {
    const base = position - carried.length;
    look(carried, base, carried.length);
    fill(carried, base);
  }

  return {
    write: (piece) => take(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)),
    end,
    keep(from, length) {
      const one: Keeping = { from, bytes: Buffer.alloc(length), have: 0 };
      keeping.push(one);
      return { from, bytes: () => one.bytes.subarray(0, one.have) };
    },
  };
}
