/**
 * Tells a program made by Go, from its bytes as they stream by.
 *
 * Go writes its build information behind a fixed mark (go/src/debug/buildinfo). Only ELF files are
 * looked into, and the search costs little beside the hashing of the same bytes.
 */
import type { Sink } from '../layers/tar.ts';

const ELF = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);
const MARK = Buffer.from('\xff Go buildinf:', 'latin1');
/** Smaller than any program: not worth a look. */
export const SMALLEST_PROGRAM = 4096;

/** @param found - called at most once, at the end of a file that is one */
export function goProgram(found: () => void): Sink {
  let started = false;
  let searching = true;
  let marked = false;
  let tail: Uint8Array = Buffer.alloc(0);

  return {
    write(piece) {
      if (!searching) return;
      if (!started) {
        // Pieces are blocks of 512 bytes at least: the first holds the whole magic.
        searching = ELF.equals(piece.subarray(0, ELF.length));
        started = true;
        if (!searching) return;
      }
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      const seam = Buffer.concat([tail, bytes.subarray(0, MARK.length - 1)]);
      marked = bytes.includes(MARK) || seam.includes(MARK);
      searching = !marked;
      tail = Buffer.from(bytes.subarray(Math.max(bytes.length - MARK.length + 1, 0)));
    },
    end() {
      if (marked) found();
    },
  };
}
