/**
 * Reads the table `Packages` of `rpmdb.sqlite` (https://www.sqlite.org/fileformat2.html): the header
 * of a package a row, in the column `blob`.
 *
 * Only what that takes is read: b-trees of tables, and payloads with their overflow pages.
 */
import { attempt, Damage, LARGEST_HEADER, type PagesOnce, pagesOnce, type Pieces } from './pieces.ts';

const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
const FILE_HEADER = 100;
const INTERIOR = 5;
const LEAF = 13;
/** Columns of `sqlite_schema`, and of `Packages`. */
const TYPE = 0;
const NAME = 1;
const ROOT_PAGE = 3;
const BLOB = 1;
const COLUMNS = 4;
/** Tables and indexes; rpm has some fifty. */
const MOST_OF_SCHEMA = 1000;

interface Database {
  readonly bytes: Buffer;
  readonly pageSize: number;
  /** Bytes of a page less those that are reserved. */
  readonly usable: number;
  readonly pages: PagesOnce;
}

export function* readSqlite(bytes: Buffer): Pieces {
  const database = attempt(() => open(bytes));
  if (database instanceof Damage) {
    yield database;
    return;
  }
  if (isCut(database)) yield new Damage('is cut off');

  const root = attempt(() => rootOf(database, 'Packages'));
  if (root instanceof Damage) {
    yield root;
    return;
  }
  for (const row of rowsOf(database, root)) {
    const columns = row instanceof Damage ? row : attempt(() => columnsOf(row));
    if (columns instanceof Damage) yield columns;
    else yield columns[BLOB] ?? new Damage('has a row without a header');
  }
}

function open(bytes: Buffer): Database {
  if (bytes.length < FILE_HEADER || !bytes.subarray(0, MAGIC.length).equals(MAGIC))
    throw new Damage('is no database of SQLite');
  const stated = bytes.readUInt16BE(16);
  const pageSize = stated === 1 ? 65_536 : stated;
  const usable = pageSize - bytes.readUInt8(20);
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0 || usable < 480) throw new Damage('has pages of no size');
  return { bytes, pageSize, usable, pages: pagesOnce(1, Math.floor(bytes.length / pageSize)) };
}

/** The header states how many pages there are, where the last writer was one that does (SQLite from 3.7 on). */
function isCut({ bytes, pageSize }: Database): boolean {
  const stated = bytes.readUInt32BE(24) === bytes.readUInt32BE(92) ? bytes.readUInt32BE(28) : 0;
  return bytes.length % pageSize !== 0 || bytes.length < stated * pageSize;
}

/** The page at which a table begins. */
function rootOf(database: Database, table: string): number {
  let rows = 0;
  for (const row of rowsOf(database, 1)) {
    rows += 1;
    if (row instanceof Damage || rows > MOST_OF_SCHEMA) break;
    const schema = columnsOf(row);
    if (textOf(schema[TYPE]) === 'table' && textOf(schema[NAME]) === table) return numberOf(schema[ROOT_PAGE]);
  }
  throw new Damage(`has no table ${table}`);
}

/** The payloads of a table's rows, in the order of the table. */
function* rowsOf(database: Database, root: number): Pieces {
  const most = database.bytes.length / database.pageSize;
  const ahead = [root];
  for (let number = ahead.pop(); number !== undefined; number = ahead.pop()) {
    const page = number;
    if (ahead.length > most) {
      yield new Damage('points to more pages than it has');
      return;
    }
    const read = attempt(() => pageAt(database, page));
    if (read instanceof Damage) yield read;
    else if (read.kind === INTERIOR) ahead.push(...childrenOf(database, read).reverse());
    else for (const at of read.places) yield attempt(() => payloadAt(database, at, read.end));
  }
}

interface Page {
  readonly kind: number;
  /** Where its head, its cells, and what is reserved begin in the file. */
  readonly head: number;
  readonly places: readonly number[];
  readonly end: number;
}

function pageAt({ bytes, pageSize, usable, pages }: Database, page: number): Page {
  pages.use(page);
  const start = (page - 1) * pageSize;
  const head = start + (page === 1 ? FILE_HEADER : 0);
  const end = start + usable;
  const kind = bytes.readUInt8(head);
  const cells = bytes.readUInt16BE(head + 3);
  const pointers = head + (kind === INTERIOR ? 12 : 8);
  if ((kind !== INTERIOR && kind !== LEAF) || pointers + cells * 2 > end) {
    throw new Damage(`has a page ${page} that is none of a table`);
  }
  const places = Array.from({ length: cells }, (_, cell) => start + bytes.readUInt16BE(pointers + cell * 2));
  return { kind, head, places, end };
}

function childrenOf({ bytes }: Database, { head, places, end }: Page): number[] {
  const left = places.map((at) => (at + 4 <= end ? bytes.readUInt32BE(at) : 0));
  return [...left, bytes.readUInt32BE(head + 8)];
}

/** @param end - where the page ends */
function payloadAt({ bytes, pageSize, usable, pages }: Database, at: number, end: number): Buffer {
  const size = varintAt(bytes, at, end);
  const row = varintAt(bytes, size.next, end);
  const local = localPart(size.value, usable);
  const overflow = row.next + local;
  if (overflow + (local < size.value ? 4 : 0) > end) throw new Damage('has a row that is cut off');
  if (size.value > LARGEST_HEADER) throw new Damage('has a row that is larger than what is read');
  if (local === size.value) return bytes.subarray(row.next, overflow);

  const parts = [bytes.subarray(row.next, overflow)];
  let left = size.value - local;
  let page = left > 0 ? bytes.readUInt32BE(overflow) : 0;
  while (left > 0) {
    pages.use(page);
    const start = (page - 1) * pageSize;
    const part = Math.min(left, usable - 4);
    parts.push(bytes.subarray(start + 4, start + 4 + part));
    left -= part;
    page = bytes.readUInt32BE(start);
  }
  return Buffer.concat(parts);
}

/** How much of a payload is on its own page (file format, 1.6). */
function localPart(size: number, usable: number): number {
  const most = usable - 35;
  if (size <= most) return size;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((size - least) % (usable - 4));
  return fitting <= most ? fitting : least;
}

/** The columns of a record as bytes; null where one is NULL. */
function columnsOf(record: Buffer): (Buffer | null)[] {
  const header = varintAt(record, 0, record.length);
  const columns: (Buffer | null)[] = [];
  let body = header.value;
  let next = header.next;
  while (next < Math.min(header.value, record.length) && columns.length < COLUMNS) {
    const serial = varintAt(record, next, record.length);
    const size = sizeOf(serial.value);
    if (body + size > record.length) throw new Damage('has a row that is cut off');
    columns.push(serial.value === 0 ? null : record.subarray(body, body + size));
    body += size;
    next = serial.next;
  }
  return columns;
}

/** Bytes of a value by its serial type (file format, 2.1). */
function sizeOf(serial: number): number {
  if (serial >= 12) return Math.floor((serial - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][serial] ?? 0;
}

function textOf(column: Buffer | null | undefined): string {
  return column?.toString('utf8') ?? '';
}

function numberOf(column: Buffer | null | undefined): number {
  return column === null || column === undefined || column.length === 0 || column.length > 6
    ? 0
    : column.readUIntBE(0, column.length);
}

/** A number of one to nine bytes. Past 2^53 it is not exact, and larger than any file. */
function varintAt(bytes: Buffer, at: number, end: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let nth = 0; nth < 9 && at + nth < end; nth += 1) {
    const byte = bytes.readUInt8(at + nth);
    if (nth === 8) return { value: value * 256 + byte, next: at + 9 };
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: at + nth + 1 };
  }
  return { value: Number.MAX_SAFE_INTEGER, next: end };
}
