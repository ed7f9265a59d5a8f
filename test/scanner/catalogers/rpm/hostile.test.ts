/** Whatever the bytes of a database are, reading it ends, soon, and what is not whole says so. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseRpm } from '../../../../lib/scanner/catalogers/rpm/parse.ts';
import { RPM_FORMS, rpmDatabase, rpmHeader } from '../../../support/rpm.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/scanner/rpm');

const REAL = [
  ['centos7', 'Packages'],
  ['ubi8-s390x', 'Packages'],
  ['sle15', 'Packages.db'],
  ['mariner2', 'rpmdb.sqlite'],
  ['built', 'rpmdb.sqlite'],
] as const;

const PAGE = 4096;

function read(name: string, bytes: Buffer): { names: readonly string[]; problems: readonly string[] } {
  const content = parseRpm(name, bytes, () => true);
  if (content.kind !== 'database') throw new Error('not a database');
  return { names: content.packages.map((one) => one.name), problems: content.problems };
}

function altered(bytes: Buffer, at: number, put: readonly number[]): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(put, at);
  return copy;
}

const three = ['a', 'b', 'c'].map((name) =>
  rpmHeader({ name, version: '1', release: '1', description: 'x'.repeat(9000) }),
);

describe.each(REAL)('the database %s/%s', (fixture, name) => {
  const whole = readFileSync(join(FIXTURES, fixture, name));
  const { names } = read(name, whole);

  it('is never shown as whole where it is cut off', () => {
    const cuts = [...Array.from({ length: Math.floor(whole.length / 97) }, (_, nth) => nth * 97), whole.length - 1];
    for (const cut of [...cuts, ...cuts.map((at) => at - (at % PAGE))]) {
      const part = read(name, whole.subarray(0, cut));
      if (part.problems.length === 0) expect([cut, part.names]).toEqual([cut, names]);
      expect(names).toEqual(expect.arrayContaining([...part.names]));
    }
  });

  it('is never shown as whole where a page of it was overwritten with nothing', () => {
    for (let page = 0; page * PAGE < whole.length; page += 1) {
      const part = read(
        name,
        altered(whole, page * PAGE, new Array<number>(Math.min(PAGE, whole.length - page * PAGE)).fill(0)),
      );
      if (part.problems.length === 0) expect([page, part.names]).toEqual([page, names]);
    }
  });

  it('is read or named where bytes of it were changed', () => {
    const changes = fc.array(
      fc.tuple(fc.nat({ max: whole.length - 8 }), fc.uint8Array({ minLength: 1, maxLength: 8 })),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(changes, (by) => {
        const bytes = by.reduce<Buffer>((copy, [at, put]) => altered(copy, at, [...put]), whole);
        expect(read(name, bytes).problems.length).toBeLessThanOrEqual(10);
      }),
      { numRuns: 300 },
    );
  });
});

describe('bytes of any kind', () => {
  it.each([...RPM_FORMS, 'container-manifest-2', 'rpmdb.sqlite-wal', 'rpmdb.sqlite-journal'])(
    'are read as %s',
    (name) => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 6000 }), (bytes) => void parseRpm(name, Buffer.from(bytes), () => true)),
      );
    },
  );

  it.each(RPM_FORMS)('say nothing as %s where there are none', (name) => {
    expect(read(name, Buffer.alloc(0)).problems).toHaveLength(1);
  });
});

describe('a page that is used twice', () => {
  it('ends a chain of overflow pages that goes in a circle (Berkeley DB)', () => {
    const database = rpmDatabase('Packages', three);
    // The second page of the first chain leads back to the first.
    const circle = altered(database, 3 * PAGE + 16, [2, 0, 0, 0]);
    expect(read('Packages', circle)).toEqual({ names: ['b', 'c'], problems: ['uses page 2 twice'] });
  });

  it('ends a chain of overflow pages that goes in a circle (SQLite)', () => {
    const database = rpmDatabase('rpmdb.sqlite', three);
    const overflow = [...Array(database.length / PAGE).keys()].filter((page) => {
      return (
        database.readUInt32BE(page * PAGE) !== 0 &&
        database.subarray(page * PAGE + 4, page * PAGE + 100).every((byte) => byte === 120)
      );
    });
    const first = overflow[0] ?? 0;
    const { names, problems } = read('rpmdb.sqlite', altered(database, first * PAGE, [0, 0, 0, first + 1]));
    expect(names).toHaveLength(2);
    expect(problems).toEqual([`uses page ${first + 1} twice`]);
  });

  it('ends a tree that goes in a circle (SQLite)', () => {
    const headers = Array.from({ length: 400 }, (_, nth) => rpmHeader({ name: `p${nth}`, version: '1', release: '1' }));
    const database = rpmDatabase('rpmdb.sqlite', headers);
    const root =
      [...Array(database.length / PAGE).keys()].find((page) => page > 0 && database.readUInt8(page * PAGE) === 5) ?? 0;
    // The last child of the root is the root.
    const { names, problems } = read('rpmdb.sqlite', altered(database, root * PAGE + 8, [0, 0, 0, root + 1]));
    expect(names.length).toBeGreaterThan(200);
    expect(names.length).toBeLessThan(400);
    expect(problems).toEqual([`uses page ${root + 1} twice`]);
  });

  it('ends blobs that overlap (rpm’s own)', () => {
    const slots = 254;
    const database = rpmDatabase('Packages.db', [three[0] ?? Buffer.alloc(0)]);
    const again = Buffer.from(database);
    for (let slot = 1; slot < slots; slot += 1) database.copy(again, 32 + slot * 16, 32, 48);
    const { names, problems } = read('Packages.db', again);
    expect(names).toEqual(['a']);
    expect(problems).toEqual(['has blobs that overlap']);
  });
});

describe('numbers without measure', () => {
  it.each([
    [
      'the size of a value (Berkeley DB)',
      'Packages',
      (at: Buffer) => altered(at, PAGE * 2 - 27 + 8, [255, 255, 255, 255]),
    ],
    ['the last page (Berkeley DB)', 'Packages', (at: Buffer) => altered(at, 32, [255, 255, 255, 255])],
    ['the size of a page (Berkeley DB)', 'Packages', (at: Buffer) => altered(at, 20, [1, 0, 0, 128])],
    ['the size of a page (SQLite)', 'rpmdb.sqlite', (at: Buffer) => altered(at, 16, [0, 3])],
    ['the cells of a page (SQLite)', 'rpmdb.sqlite', (at: Buffer) => altered(at, PAGE + 3, [255, 255])],
    ['the pages of slots (rpm’s own)', 'Packages.db', (at: Buffer) => altered(at, 12, [255, 255, 255, 255])],
    ['the place of a blob (rpm’s own)', 'Packages.db', (at: Buffer) => altered(at, 40, [255, 255, 255, 255])],
    ['the length of a blob (rpm’s own)', 'Packages.db', (at: Buffer) => altered(at, PAGE + 12, [255, 255, 255, 255])],
  ] as const)('are named: %s', (_what, name, alter) => {
    expect(read(name, alter(rpmDatabase(name, three))).problems.length).toBeGreaterThan(0);
  });

  it('are named where a header has more tags than bytes', () => {
    const header = Buffer.alloc(64);
    header.writeUInt32BE(0xffff_fff0, 0);
    header.writeUInt32BE(0xffff_fff0, 4);
    for (const form of RPM_FORMS) {
      expect(read(form, rpmDatabase(form, [header])).problems).toEqual(['has a header that does not have its length']);
    }
  });
});
