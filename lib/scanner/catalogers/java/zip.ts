/**
 * Reads a zip archive that is held in memory, by its central directory, as Java does: what lies
 * before the archive (a script that starts it) is passed over.
 *
 * Synchronous and in memory, for archives lie in archives; nothing is allocated by what a header says.
 */
import { crc32, inflateRawSync } from 'node:zlib';

export interface NoContent {
  readonly why: string;
  /** It has more bytes than it may have, whatever the directory says. */
  readonly tooLarge: boolean;
}

export interface ZipEntry {
  readonly name: string;
  /** Bytes of its content, as the directory says. */
  readonly size: number;
  /**
   * The content; why not, where there is none to be had.
   *
   * @param most - bytes that it may have
   */
  read(most: number): Buffer | NoContent;
}

export interface Zip {
  /** In the order of the directory; ends early where that is cut off or none: see `problem`. */
  entries(): Generator<ZipEntry, void, undefined>;
  /** Known when the entries were gone through; null where all were read. */
  problem(): string | null;
}

const END = 0x06054b50;
const END_BYTES = 22;
const LONG_END = 0x06064b50;
const LONG_LOCATOR = 0x07064b50;
const LOCATOR_BYTES = 20;
const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const LONG = 0xffffffff;
const LONG_EXTRA = 1;
const COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

/** Where the directory lies, and how far the archive was moved by what stands before it. */
interface Directory {
  readonly from: number;
  readonly to: number;
  readonly moved: number;
}

/** Null where the bytes are no zip archive. */
export function openZip(bytes: Buffer): Zip | null {
  const directory = findDirectory(bytes);
  return directory === null ? null : zipOf(bytes, directory);
}

function zipOf(bytes: Buffer, { from, to, moved }: Directory): Zip {
  let problem: string | null = null;

  function* entries(): Generator<ZipEntry, void, undefined> {
    let at = from;
    while (at < to) {
      if (at + CENTRAL_BYTES > to || bytes.readUInt32LE(at) !== CENTRAL) {
        problem = 'has a directory that is cut off';
        return;
      }
      const nameEnd = at + CENTRAL_BYTES + bytes.readUInt16LE(at + 28);
      const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
      yield entryAt(bytes, at, nameEnd, extraEnd, moved);
      at = extraEnd + bytes.readUInt16LE(at + 32);
    }
  }

  return { entries, problem: () => problem };
}

function entryAt(bytes: Buffer, at: number, nameEnd: number, extraEnd: number, moved: number): ZipEntry {
  const flags = bytes.readUInt16LE(at + 8);
  const method = bytes.readUInt16LE(at + 10);
  const checksum = bytes.readUInt32LE(at + 16);
  const long = longFields(bytes, nameEnd, extraEnd);
  const field = (where: number): number => {
    const value = bytes.readUInt32LE(where);
    return value === LONG ? (long.next().value ?? value) : value;
  };
  // In this order, and only those that do not fit, are they in the long field.
  const size = field(at + 24);
  const packedSize = field(at + 20);
  const local = field(at + 42) + moved;

  function content(most: number): Buffer {
    if ((flags & ENCRYPTED) !== 0) throw new Error('is encrypted');
    if (local < 0 || local + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(local) !== LOCAL)
      throw new Error('is not where the directory says');
    const from = local + LOCAL_BYTES + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + packedSize);
    if (packed.length < packedSize) throw new Error('is cut off');
    if (method === STORED) return packed;
    if (method === DEFLATED) return inflateRawSync(packed, { maxOutputLength: Math.max(most, 1) });
    throw new Error(`is packed by a method that is not read (${method})`);
  }

  return {
    name: bytes.toString('utf8', at + CENTRAL_BYTES, nameEnd),
    size,
    read(most) {
      try {
        if (size > most) return tooLarge(most);
        const plain = content(most);
        return crc32(plain) === checksum ? plain : { why: 'does not have its checksum', tooLarge: false };
      } catch (error) {
        return whyNot(error, most);
      }
    },
  };
}

function whyNot(error: unknown, most: number): NoContent {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(most);
  return { why: code.startsWith('Z_') ? 'can not be unpacked' : message, tooLarge: false };
}

function tooLarge(most: number): NoContent {
  return { why: `unpacks to more than ${most} bytes`, tooLarge: true };
}

/** Numbers of 8 bytes that stand for those that do not fit in 4. */
function* longFields(bytes: Buffer, from: number, to: number): Generator<number, void, undefined> {
  const end = Math.min(to, bytes.length);
  for (let at = from; at + 4 <= end;) {
    const next = at + 4 + bytes.readUInt16LE(at + 2);
    if (bytes.readUInt16LE(at) === LONG_EXTRA) {
      for (let field = at + 4; field + 8 <= Math.min(next, end); field += 8) yield Number(bytes.readBigUInt64LE(field));
      return;
    }
    at = next;
  }
}

function findDirectory(bytes: Buffer): Directory | null {
  for (let at = bytes.length - END_BYTES; at >= Math.max(bytes.length - END_BYTES - COMMENT, 0); at -= 1) {
    if (bytes.readUInt32LE(at) !== END) continue;
    const found = longDirectory(bytes, at) ?? directoryOf(at, bytes.readUInt32LE(at + 12), bytes.readUInt32LE(at + 16));
    if (found !== null) return found;
  }
  return null;
}

function longDirectory(bytes: Buffer, end: number): Directory | null {
  const locator = end - LOCATOR_BYTES;
  if (locator < 0 || bytes.readUInt32LE(locator) !== LONG_LOCATOR) return null;
  // It stands before its locator, without anything between: what it says of its place may have been moved.
  const at = locator - 56;
  if (at < 0 || bytes.readUInt32LE(at) !== LONG_END) return null;
  return directoryOf(at, Number(bytes.readBigUInt64LE(at + 40)), Number(bytes.readBigUInt64LE(at + 48)));
}

/** It ends where its end record begins; null where it would begin before the file, or be moved backwards. */
function directoryOf(to: number, size: number, stated: number): Directory | null {
  const from = to - size;
  return from < 0 || from < stated ? null : { from, to, moved: from - stated };
}
