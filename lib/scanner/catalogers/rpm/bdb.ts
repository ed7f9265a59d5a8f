/**
 * Reads `Packages`, a hash of Berkeley DB (its db_page.h): keys are numbers of packages, values
 * their headers, nearly always in chains of overflow pages.
 *
 * Every page is looked at once in the order of the file; in which bucket it is does not matter.
 */
import { attempt, Damage, LARGEST_HEADER, type PagesOnce, pagesOnce, type Pieces } from './pieces.ts';

const HASH_MAGIC = 0x061561;
const META_HEAD = 92;
const PAGE_HEAD = 26;
/** Types of pages. */
const INVALID = 0;
const UNSORTED = 2;
const OVERFLOW = 7;
const META = 8;
const SORTED = 13;
/** Types of items. */
const IN_PAGE = 1;
const OFF_PAGE = 3;

interface Database {
  readonly bytes: Buffer;
  readonly pageSize: number;
  /** In the byte order of the machine that wrote it. */
  readonly u16: (at: number) => number;
  readonly u32: (at: number) => number;
  readonly overflow: PagesOnce;
}

export function* readBdb(bytes: Buffer): Pieces {
  const database = attempt(() => open(bytes));
  if (database instanceof Damage) {
    yield database;
    return;
  }
  const { pageSize, u32 } = database;
  const last = u32(32);
  const there = Math.floor(bytes.length / pageSize);
  if (last >= there || bytes.length % pageSize !== 0) yield new Damage('is cut off');

  let keys = 0;
  for (let page = 1; page <= Math.min(last, there - 1); page += 1) {
    const at = page * pageSize;
    const kind = bytes.readUInt8(at + 25);
    if (kind === SORTED || kind === UNSORTED) keys += yield* valuesOf(database, page);
    else if (kind !== OVERFLOW && kind !== INVALID && kind !== META)
      yield new Damage(`has a page ${page} that is none of a hash`);
  }
  // A page that was overwritten with nothing looks like one that was never used.
  if (keys < u32(88)) yield new Damage(`has ${keys} of the ${u32(88)} keys that it states`);
}

function open(bytes: Buffer): Database {
  if (bytes.length < META_HEAD) throw new Damage('is no hash of Berkeley DB');
  const little = bytes.readUInt32LE(12) === HASH_MAGIC;
  if (!little && bytes.readUInt32BE(12) !== HASH_MAGIC) throw new Damage('is no hash of Berkeley DB');
  if (bytes.readUInt8(24) !== 0) throw new Damage('is encrypted');

  const u16 = (at: number): number => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const pageSize = u32(20);
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0)
    throw new Damage('has pages of no size');
  return { bytes, pageSize, u16, u32, overflow: pagesOnce(1, Math.max(Math.floor(bytes.length / pageSize) - 1, 0)) };
}

/** The values of a page, and how many there are: keys and values stand in turn, from the end of the page to its head. */
function* valuesOf(database: Database, page: number): Generator<Buffer | Damage, number, undefined> {
  const { bytes, pageSize, u16, u32 } = database;
  const at = page * pageSize;
  const items = u16(at + 20);
  if (u32(at + 8) !== page || items % 2 !== 0 || PAGE_HEAD + items * 2 > pageSize) {
    yield new Damage(`has a page ${page} that is none of a hash`);
    return 0;
  }

  let end = pageSize;
  for (let item = 0; item < items; item += 2) {
    const key = u16(at + PAGE_HEAD + item * 2);
    const value = u16(at + PAGE_HEAD + item * 2 + 2);
    if (value < PAGE_HEAD || key <= value || end <= key) {
      yield new Damage(`has a page ${page} with items out of order`);
      return item / 2;
    }
    // Under the key 0 rpm counts its packages.
    if (bytes.subarray(at + key + 1, at + end).some((byte) => byte !== 0)) {
      const [from, to] = [at + value, at + key];
      yield attempt(() => valueAt(database, from, to));
    }
    end = value;
  }
  return items / 2;
}

function valueAt({ bytes, u16, u32, pageSize, overflow }: Database, at: number, end: number): Buffer {
  const kind = bytes.readUInt8(at);
  if (kind === IN_PAGE) return bytes.subarray(at + 1, end);
  if (kind !== OFF_PAGE || end - at < 12) throw new Damage('has a value of a kind that rpm does not write');

  const parts: Buffer[] = [];
  const size = u32(at + 8);
  if (size > LARGEST_HEADER) throw new Damage('has a value that is larger than what is read');
  let left = size;
  for (let page = u32(at + 4); page !== 0;) {
    overflow.use(page);
    const start = page * pageSize;
    const length = u16(start + 22);
    if (bytes.readUInt8(start + 25) !== OVERFLOW || length > pageSize - PAGE_HEAD || length > left) {
      throw new Damage(`has a page ${page} that is none of overflow`);
    }
    parts.push(bytes.subarray(start + PAGE_HEAD, start + PAGE_HEAD + length));
    left -= length;
    page = u32(start + 16);
  }
  if (left > 0) throw new Damage('has a value that is cut off');
  return Buffer.concat(parts);
}
