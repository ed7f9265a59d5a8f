/**
 * Reads `Packages.db`, rpm's own format (lib/backend/ndb/rpmpkg.c): pages of slots, each naming a
 * blob, and the blobs, each between a head and a tail with its checksum.
 */
import { attempt, Damage, type Pieces } from './pieces.ts';

const MAGIC = codeOf('RpmP');
const SLOT = codeOf('Slot');
const BLOB_HEAD = codeOf('BlbS');
const BLOB_TAIL = codeOf('BlbE');
const PAGE = 4096;
const BLOCK = 16;
const HEADER = 32;
const TAIL = 12;

export function* readNdb(bytes: Buffer): Pieces {
  if (bytes.length < PAGE || bytes.readUInt32LE(0) !== MAGIC || bytes.readUInt32LE(4) !== 0) {
    yield new Damage('is no database of rpm’s own format');
    return;
  }
  const pages = bytes.readUInt32LE(12);
  const end = pages * PAGE;
  if (pages === 0 || end > bytes.length) yield new Damage('is cut off');

  // Honest blobs share no bytes, so together they are no longer than the file.
  let left = bytes.length;
  for (let at = HEADER; at + BLOCK <= Math.min(end, bytes.length); at += BLOCK) {
    const index = bytes.readUInt32LE(at + 4);
    if (bytes.readUInt32LE(at) !== SLOT) yield new Damage(`has no slot at byte ${at}`);
    else if (index !== 0) {
      const [from, size] = [bytes.readUInt32LE(at + 8) * BLOCK, bytes.readUInt32LE(at + 12) * BLOCK];
      left -= size;
      if (left < 0) {
        yield new Damage('has blobs that overlap');
        return;
      }
      yield attempt(() => blobAt(bytes, index, from, size));
    }
  }
}

/** @param size - of the blob with its head and tail */
function blobAt(bytes: Buffer, index: number, at: number, size: number): Buffer {
  const tail = at + size - TAIL;
  if (at + size > bytes.length) throw new Damage(`is cut off in package ${index}`);
  if (size < BLOCK + TAIL || bytes.readUInt32LE(at) !== BLOB_HEAD || bytes.readUInt32LE(at + 4) !== index) {
    throw new Damage(`has no blob for package ${index}`);
  }
  const length = bytes.readUInt32LE(at + 12);
  if (
    at + BLOCK + length > tail ||
    bytes.readUInt32LE(tail + 4) !== length ||
    bytes.readUInt32LE(tail + 8) !== BLOB_TAIL
  ) {
    throw new Damage(`has a blob of the wrong length for package ${index}`);
  }
  if (adler32(bytes.subarray(at, tail)) !== bytes.readUInt32LE(tail)) {
    throw new Damage(`has a blob with the wrong checksum for package ${index}`);
  }
  return bytes.subarray(at + BLOCK, at + BLOCK + length);
}

/** RFC 1950. Sums are taken modulo after so many bytes that they stay exact. */
function adler32(bytes: Buffer): number {
  const MODULO = 65_521;
  let low = 1;
  let high = 0;
  for (let from = 0; from < bytes.length; from += PAGE) {
    for (const byte of bytes.subarray(from, from + PAGE)) {
      low += byte;
      high += low;
    }
    low %= MODULO;
    high %= MODULO;
  }
  return high * 65_536 + low;
}

function codeOf(letters: string): number {
  return Buffer.from(letters, 'latin1').readUInt32LE(0);
}
