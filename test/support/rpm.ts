/**
 * Databases of rpm for tests: headers in tests' own words, and the three forms that hold them.
 *
 *     rpmDatabase('Packages.db', [rpmHeader({ name: 'bash', version: '5.1.8', release: '6.el9' })]);
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface RpmHeader {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly epoch?: number;
  readonly architecture?: string;
  readonly sourceRpm?: string;
  readonly licence?: string;
  /** Absolute paths. */
  readonly files?: readonly string[];
  /** A text that makes the header larger. */
  readonly description?: string;
}

export type RpmForm = 'rpmdb.sqlite' | 'Packages.db' | 'Packages';
export const RPM_FORMS: readonly RpmForm[] = ['rpmdb.sqlite', 'Packages.db', 'Packages'];

/** Type, count and bytes of a tag. */
export type RpmTag = readonly [tag: number, type: number, count: number, data: Buffer];

const INT32 = 4;
const STRING = 6;
const STRING_ARRAY = 8;
const PAGE = 4096;

/** The bytes of a header. */
export function rpmHeader(said: RpmHeader): Buffer {
  const { name, version, release, epoch, architecture = 'x86_64', sourceRpm, licence = 'MIT', files = [] } = said;
  const text = (tag: number, value: string): RpmTag => [tag, STRING, 1, Buffer.from(`${value}\0`)];
  const texts = (tag: number, values: readonly string[]): RpmTag => {
    return [tag, STRING_ARRAY, values.length, Buffer.from(values.map((value) => `${value}\0`).join(''))];
  };
  const numbers = (tag: number, values: readonly number[]): RpmTag => {
    const data = Buffer.alloc(values.length * 4);
    values.forEach((value, nth) => data.writeUInt32BE(value, nth * 4));
    return [tag, INT32, values.length, data];
  };

  const folders = [...new Set(files.map((path) => path.slice(0, path.lastIndexOf('/') + 1)))];
  return headerOf([
    text(1000, name),
    text(1001, version),
    text(1002, release),
    ...(epoch === undefined ? [] : [numbers(1003, [epoch])]),
    text(1005, said.description ?? ''),
    text(1014, licence),
    text(1022, architecture),
    ...(sourceRpm === undefined ? [] : [text(1044, sourceRpm)]),
    ...(files.length === 0
      ? []
      : [
          numbers(
            1116,
            files.map((path) => folders.indexOf(path.slice(0, path.lastIndexOf('/') + 1))),
          ),
          texts(
            1117,
            files.map((path) => path.slice(path.lastIndexOf('/') + 1)),
          ),
          texts(1118, folders),
        ]),
  ]);
}

/** A header of whatever tags. */
export function headerOf(tags: readonly RpmTag[]): Buffer {
  const index: Buffer[] = [];
  const data: Buffer[] = [];
  let at = 0;
  for (const [tag, type, count, bytes] of tags) {
    const padding = type === INT32 ? (4 - (at % 4)) % 4 : 0;
    data.push(Buffer.alloc(padding), bytes);
    index.push(numbersOf([tag, type, at + padding, count]));
    at += padding + bytes.length;
  }
  return Buffer.concat([numbersOf([tags.length, at]), ...index, ...data]);
}

/** A database that holds the headers, as rpm writes it. */
export function rpmDatabase(form: RpmForm, headers: readonly Buffer[]): Buffer {
  if (form === 'rpmdb.sqlite') return sqliteOf(headers);
  return form === 'Packages' ? bdbOf(headers) : ndbOf(headers);
}

function numbersOf(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, nth) => bytes.writeUInt32BE(value, nth * 4));
  return bytes;
}

function sqliteOf(headers: readonly Buffer[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'cavendish-rpm-'));
  try {
    const path = join(folder, 'rpmdb.sqlite');
    const database = new DatabaseSync(path);
    database.exec(`BEGIN; CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL);
      CREATE TABLE 'Name' (key TEXT NOT NULL, hnum INTEGER NOT NULL, idx INTEGER NOT NULL);`);
    const put = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
    for (const header of headers) put.run(header);
    database.exec('COMMIT');
    database.close();
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ndbOf(headers: readonly Buffer[]): Buffer {
  const pages = Math.ceil((headers.length + 2) / (PAGE / 16));
  const slots = Buffer.alloc(pages * PAGE);
  slots.write('RpmP', 0, 'latin1');
  slots.writeUInt32LE(pages, 12);
  for (let at = 32; at < slots.length; at += 16) slots.write('Slot', at, 'latin1');
  const parts = [slots];
  let at = slots.length;
  for (const [nth, header] of headers.entries()) {
    const size = Math.ceil((16 + header.length + 12) / 16) * 16;
    const blob = Buffer.alloc(size);
    blob.write('BlbS', 0, 'latin1');
    blob.writeUInt32LE(nth + 1, 4);
    blob.writeUInt32LE(header.length, 12);
    header.copy(blob, 16);
    blob.writeUInt32LE(adler32(blob.subarray(0, size - 12)), size - 12);
    blob.writeUInt32LE(header.length, size - 8);
    blob.write('BlbE', size - 4, 'latin1');
    [nth + 1, at / 16, size / 16].forEach((value, field) => slots.writeUInt32LE(value, 32 + nth * 16 + 4 + field * 4));
    parts.push(blob);
    at += size;
  }
  return Buffer.concat(parts);
}

function adler32(bytes: Buffer): number {
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return high * 65_536 + low;
}

/** Pairs of a key and a value on hash pages, the values themselves on pages behind. */
function bdbOf(headers: readonly Buffer[]): Buffer {
  const ofOnePage = 100;
  const hashPages = Math.max(Math.ceil((headers.length + 1) / ofOnePage), 1);
  const overflow: Buffer[] = [];
  const items = headers.map((header, nth) => {
    const value = Buffer.alloc(12);
    value.writeUInt8(3);
    value.writeUInt32LE(1 + hashPages + overflow.length, 4);
    value.writeUInt32LE(header.length, 8);
    const parts = Math.ceil(header.length / (PAGE - 26));
    for (let part = 0; part < parts; part += 1) {
      const number = 1 + hashPages + overflow.length;
      const bytes = header.subarray(part * (PAGE - 26), (part + 1) * (PAGE - 26));
      overflow.push(bdbPage(number, 7, bytes.length, part + 1 < parts ? number + 1 : 0, bytes));
    }
    return [keyOf(nth + 1), value] as const;
  });
  // Under the key 0 rpm keeps the number of the last package.
  items.unshift([keyOf(0), Buffer.from([1, headers.length & 0xff, 0, 0, 0])]);

  const meta = bdbPage(0, 8, 0, 0, Buffer.alloc(0));
  [0x061561, 9, PAGE].forEach((value, nth) => meta.writeUInt32LE(value, 12 + nth * 4));
  meta.writeUInt8(0, 24);
  meta.writeUInt32LE(hashPages + overflow.length, 32);
  meta.writeUInt32LE(items.length, 88);
  const hash = Array.from({ length: hashPages }, (_, nth) =>
    hashPage(nth + 1, items.slice(nth * ofOnePage, (nth + 1) * ofOnePage)),
  );
  return Buffer.concat([meta, ...hash, ...overflow]);
}

function keyOf(value: number): Buffer {
  const key = Buffer.alloc(5);
  key.writeUInt8(1);
  key.writeUInt32LE(value, 1);
  return key;
}

function hashPage(number: number, items: readonly (readonly [Buffer, Buffer])[]): Buffer {
  const page = bdbPage(number, 13, 0, 0, Buffer.alloc(0));
  page.writeUInt16LE(items.length * 2, 20);
  let at = PAGE;
  for (const [nth, bytes] of items.flat().entries()) {
    at -= bytes.length;
    bytes.copy(page, at);
    page.writeUInt16LE(at, 26 + nth * 2);
  }
  return page;
}

function bdbPage(number: number, type: number, length: number, next: number, bytes: Buffer): Buffer {
  const page = Buffer.alloc(PAGE);
  page.writeUInt32LE(number, 8);
  page.writeUInt32LE(next, 16);
  page.writeUInt16LE(length, 22);
  page.writeUInt8(type, 25);
  bytes.copy(page, 26);
  return page;
}
