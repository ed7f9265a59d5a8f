/**
 * Reads the head of an ELF file: where its segments lie, and what the head alone gives away.
 *
 * Nothing here is trusted: what is cut off or absurd is left out, and the rest is still read.
 */

/** Bytes of a file in which all of this is found: linkers put it first. */
export const HEAD_BYTES = 4096;

/** A piece of the file; `to` is behind its last byte. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

export interface Segment extends Region {
  /** Where the piece lies in memory. */
  readonly address: number;
  readonly writable: boolean;
  readonly executable: boolean;
}

export interface ElfHead {
  readonly littleEndian: boolean;
  /** What is loaded, in the order of the file's own list. */
  readonly segments: readonly Segment[];
  /** A note of Go's linker names the build. */
  readonly goNote: boolean;
  /** What is here was packed by UPX: the program itself is not to be seen. */
  readonly upx: boolean;
}

const MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);
const LOAD = 1;
const EXECUTE = 1;
const WRITE = 2;
const GO = Buffer.from('Go\0\0');
const GO_TYPE = 4;
const UPX = Buffer.from('UPX!');
const UPX_WITHIN = 1024;

/** A reader of numbers, as the file has them. */
interface Numbers {
  half(at: number): number;
  word(at: number): number;
  /** An address or an offset; infinite where it is larger than any file. */
  wide(at: number): number;
}

/**
 * @param head - the first {@link HEAD_BYTES} of a file, or all of a shorter one
 * @returns null where it is no ELF file
 */
export function readElfHead(head: Buffer): ElfHead | null {
  if (!isElf(head) || head.length < 20) return null;
  const long = head[4] === 2;
  const littleEndian = head[5] !== 2;
  const numbers = numbersIn(head, long, littleEndian);
  return {
    littleEndian,
    segments: segmentsOf(numbers, long),
    goNote: hasGoNote(head, littleEndian),
    upx: head.subarray(0, UPX_WITHIN).includes(UPX),
  };
}

export function isElf(head: Uint8Array): boolean {
  return MAGIC.equals(head.subarray(0, MAGIC.length));
}

/** A note: length of its name (4), length of its content, type, name. */
function hasGoNote(head: Buffer, littleEndian: boolean): boolean {
  const word = (at: number): number => readAddress(head, at, 4, littleEndian);
  for (let at = head.indexOf(GO, 12); at !== -1; at = head.indexOf(GO, at + 1)) {
    if (word(at - 12) === GO.length && word(at - 4) === GO_TYPE) return true;
  }
  return false;
}

/** Entries that are cut off read as zeros, and a segment of no bytes is none. */
function segmentsOf({ half, word, wide }: Numbers, long: boolean): readonly Segment[] {
  const start = wide(long ? 32 : 28);
  const size = half(long ? 54 : 42);
  const count = half(long ? 56 : 44);
  const segments: Segment[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const at = start + nth * size;
    if (at + size > HEAD_BYTES) break;
    if (word(at) !== LOAD) continue;
    const flags = word(at + (long ? 4 : 24));
    const from = wide(at + (long ? 8 : 4));
    const address = wide(at + (long ? 16 : 8));
    const to = from + wide(at + (long ? 32 : 16));
    if (to > from)
      segments.push({ from, to, address, writable: (flags & WRITE) !== 0, executable: (flags & EXECUTE) !== 0 });
  }
  return segments;
}

function numbersIn(head: Buffer, long: boolean, littleEndian: boolean): Numbers {
  const bytes = Buffer.alloc(HEAD_BYTES + 64);
  head.copy(bytes, 0, 0, HEAD_BYTES);
  const inside = (at: number): number => (at >= 0 && at <= HEAD_BYTES ? at : HEAD_BYTES);
  const half = (at: number): number => (littleEndian ? bytes.readUInt16LE(inside(at)) : bytes.readUInt16BE(inside(at)));
  const word = (at: number): number => (littleEndian ? bytes.readUInt32LE(inside(at)) : bytes.readUInt32BE(inside(at)));
  return { half, word, wide: long ? (at) => readAddress(bytes, inside(at), 8, littleEndian) : word };
}

/** A number of 4 or 8 bytes; infinite where no file is as long. */
export function readAddress(bytes: Buffer, at: number, size: 4 | 8, littleEndian: boolean): number {
  if (size === 4) return littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  const value = Number(littleEndian ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  return Number.isSafeInteger(value) ? value : Number.POSITIVE_INFINITY;
}

/** Where in the file an address is; null where nothing of the file is loaded there. */
export function offsetOf({ segments }: ElfHead, address: number): number | null {
  const segment = segments.find(({ from, to, address: start }) => address >= start && address < start + (to - from));
  return segment === undefined ? null : address - segment.address + segment.from;
}
