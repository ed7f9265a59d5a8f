import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { openZip } from '../../../../lib/scanner/catalogers/java/zip.ts';
import { aZip, type ZipEntry } from '../../../support/zip.ts';

/** Names and what is read of each, and what is wrong with the directory. */
function read(bytes: Buffer, most = 1_000_000): { found: [string, string][]; problem: string | null } | null {
  const zip = openZip(bytes);
  if (zip === null) return null;
  const found = [...zip.entries()].map(({ name, read: content }): [string, string] => {
    const plain = content(most);
    return [name, Buffer.isBuffer(plain) ? plain.toString() : `no: ${plain.why}`];
  });
  return { found, problem: zip.problem() };
}

const one: ZipEntry = { name: 'a.txt', bytes: 'hello hello hello' };

describe('openZip', () => {
  it('reads what was written, behind whatever stands before the archive', () => {
    const entry = fc.record({ name: fc.string({ minLength: 1 }), bytes: fc.string(), stored: fc.boolean() });
    fc.assert(
      fc.property(fc.array(entry), fc.uint8Array({ maxLength: 300 }), (entries, script) => {
        const zip = Buffer.concat([script, aZip(entries)]);
        const written = entries.map(({ name, bytes }) => [Buffer.from(name).toString(), Buffer.from(bytes).toString()]);
        expect(read(zip)).toEqual({ found: written, problem: null });
      }),
    );
  });

  it.each([
    ['has another checksum', { ...one, checksum: 1 }, 'does not have its checksum'],
    ['is encrypted', { ...one, flags: 1 }, 'is encrypted'],
    ['says that it is larger than is read', { ...one, size: 2_000_000 }, 'unpacks to more than 1000000 bytes'],
    ['is larger than it says', { ...one, bytes: 'x'.repeat(2_000_000), size: 1 }, 'unpacks to more than 1000000 bytes'],
  ])('says why not where a file %s', (_what, entry, why) => {
    expect(read(aZip([entry]))?.found).toEqual([['a.txt', `no: ${why}`]]);
  });

  it.each<[string, string, (bytes: Buffer) => void]>([
    ['no file lies where it should', 'is not where the directory says', (bytes) => void bytes.write('XX', 0)],
    [
      'the method is unknown',
      'is packed by a method that is not read (99)',
      (bytes) => void central(bytes).writeUInt16LE(99, 10),
    ],
    ['the content is cut off', 'is cut off', (bytes) => void central(bytes).writeUInt32LE(5000, 20)],
    ['the content is damaged', 'can not be unpacked', (bytes) => void bytes.fill(0xff, 35, 40)],
  ])('says why not where %s', (_what, why, damage) => {
    const bytes = aZip([one]);
    damage(bytes);
    expect(read(bytes)?.found).toEqual([['a.txt', `no: ${why}`]]);
  });

  it('says that a directory is cut off, and gives what is before that', () => {
    const bytes = aZip([one, { ...one, name: 'b.txt' }]);
    bytes.fill(0, bytes.lastIndexOf('PK\x01\x02'), bytes.lastIndexOf('PK\x01\x02') + 4);
    expect(read(bytes)).toEqual({ found: [['a.txt', one.bytes]], problem: 'has a directory that is cut off' });
  });

  it('reads archives of the long form', () => {
    expect(read(long(aZip([one])))).toEqual({ found: [['a.txt', one.bytes]], problem: null });
  });

  it.each(['', 'PK', 'no archive, whatever its name says'])('is null for what is none: %j', (text) => {
    expect(read(Buffer.from(text))).toBeNull();
  });

  it('is null where the directory would begin before the file', () => {
    const bytes = aZip([one]);
    bytes.writeUInt32LE(bytes.length, bytes.length - 10);
    expect(read(bytes)).toBeNull();
  });

  it('answers whatever the bytes', () => {
    const change = fc.tuple(fc.nat(400), fc.uint8Array({ minLength: 1, maxLength: 8 }));
    const sample = Buffer.concat([aZip([one, { ...one, name: 'b', stored: true }])]);
    fc.assert(
      fc.property(fc.constantFrom(sample, long(sample)), fc.array(change, { minLength: 1 }), (bytes, changes) => {
        const altered = Buffer.from(bytes);
        for (const [at, put] of changes) if (at + put.length <= altered.length) altered.set(put, at);
        expect(() => read(altered)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});

function central(bytes: Buffer): Buffer {
  return bytes.subarray(bytes.indexOf('PK\x01\x02'));
}

/** The same archive with a record of 64 bits at its end, and places that do not fit in 32. */
function long(bytes: Buffer): Buffer {
  const end = bytes.subarray(bytes.length - 22);
  const size = end.readUInt32LE(12);
  const from = end.readUInt32LE(16);
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(from), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  const last = Buffer.from(end);
  last.fill(0xff, 8, 20);
  return Buffer.concat([bytes.subarray(0, bytes.length - 22), record, locator, last]);
}
