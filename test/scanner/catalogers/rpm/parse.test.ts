import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseRpm } from '../../../../lib/scanner/catalogers/rpm/parse.ts';
import { headerOf, RPM_FORMS, rpmDatabase, type RpmHeader, rpmHeader, type RpmTag } from '../../../support/rpm.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/scanner/rpm');

const REAL = [
  ['centos7', 'Packages'],
  ['centos8', 'Packages'],
  ['ubi8-s390x', 'Packages'],
  ['epoch', 'Packages'],
  ['sle15', 'Packages.db'],
  ['mariner2', 'rpmdb.sqlite'],
  ['built', 'rpmdb.sqlite'],
] as const;

type Database = Extract<ReturnType<typeof parseRpm>, { kind: 'database' }>;

function read(name: string, bytes: Buffer, matters: (path: string) => boolean = () => true): Database {
  const content = parseRpm(name, bytes, matters);
  if (content.kind !== 'database') throw new Error('not a database');
  return content;
}

function tableOf(fixture: string, table: string): readonly (readonly string[])[] {
  const text = readFileSync(join(FIXTURES, fixture, `${table}.tsv`), 'utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')]));
}

/** A package as `rpm --queryformat` says it. */
function asRpmSays({ name, version, architecture, source, licence }: Database['packages'][number]): readonly string[] {
  const [, epoch = '0', rest = version] = /^(\d+):(.*)$/u.exec(version) ?? [];
  const sourceRpm = source === null ? '(none)' : `${source.name}-${source.version}.src.rpm`;
  return [name, epoch, rest, architecture ?? '(none)', sourceRpm, licence ?? '(none)'];
}

/** In an order of their own: rpm's is by its keys. */
function linesOf(rows: readonly (readonly string[])[]): readonly string[] {
  return rows.map((row) => row.join('\t')).sort();
}

describe('a database of others', () => {
  it.each(REAL)('%s has the packages that rpm lists, and no keys', (fixture, name) => {
    const { packages, problems } = read(name, readFileSync(join(FIXTURES, fixture, name)));
    const listed = tableOf(fixture, 'packages').filter(([one]) => one !== 'gpg-pubkey');
    expect(linesOf(packages.map(asRpmSays))).toEqual(linesOf(listed));
    expect(problems).toEqual([]);
  });

  it.each(REAL)('%s has the files that rpm lists, but those that are not from the packages', (fixture, name) => {
    const { packages } = read(name, readFileSync(join(FIXTURES, fixture, name)));
    const files = packages.flatMap((one) => one.owns.map((path) => [one.name, `/${path}`]));
    const GHOST = 64;
    const listed = tableOf(fixture, 'files').filter(([, , flags, state]) => {
      return (Number(flags) & GHOST) === 0 && state !== '2' && state !== '3';
    });
    expect(linesOf(files)).toEqual(linesOf(listed.map((one) => one.slice(0, 2))));
  });
});

const word = fc.stringMatching(/^[a-z0-9][a-z0-9+._]{0,12}$/u);
const header: fc.Arbitrary<RpmHeader> = fc.record({
  name: word.filter((name) => name !== 'gpg-pubkey'),
  version: word,
  release: word,
  epoch: fc.nat({ max: 40 }),
  architecture: fc.constantFrom('x86_64', 'noarch'),
  licence: fc.constantFrom('MIT', 'GPLv2+ and BSD', 'Änderung'),
  files: fc.array(
    fc.tuple(word, word, word).map((parts) => `/${parts.join('/')}`),
    { maxLength: 8 },
  ),
  // Rows that fit on a page, that just do not, and that take several.
  description: fc.nat({ max: 12_000 }).map((length) => 'x'.repeat(length)),
});

describe.each(RPM_FORMS)('any database as %s', (form) => {
  it('gives what was put into it', () => {
    fc.assert(
      fc.property(fc.array(header, { maxLength: 12 }), (said) => {
        const { packages, problems } = read(form, rpmDatabase(form, said.map(rpmHeader)));
        expect(problems).toEqual([]);
        const given = packages.map(({ name, version, architecture, licence, owns }) => {
          return [name, version, architecture, licence, owns.map((path) => `/${path}`)];
        });
        const put = said.map(({ name, version, release, epoch = 0, architecture, licence, files }) => {
          return [name, `${epoch === 0 ? '' : `${epoch}:`}${version}-${release}`, architecture, licence, files];
        });
        expect(given).toEqual(put);
      }),
      { numRuns: 60 },
    );
  });

  it('gives every one of a thousand packages, on whatever pages they are', () => {
    const headers = Array.from({ length: 1000 }, (_, nth) =>
      rpmHeader({ name: `p${nth}`, version: '1', release: '1' }),
    );
    const { packages, problems } = read(form, rpmDatabase(form, headers));
    expect(problems).toEqual([]);
    expect(packages.map(({ name }) => name)).toEqual(headers.map((_, nth) => `p${nth}`));
  });

  it('keeps of the files those whose owner matters', () => {
    const database = rpmDatabase(form, [
      rpmHeader({ name: 'a', version: '1', release: '1', files: ['/usr/bin/a', '/usr/share/doc/a'] }),
    ]);
    expect(read(form, database, (path) => path.startsWith('usr/bin/')).packages).toMatchObject([
      { owns: ['usr/bin/a'] },
    ]);
  });
});

const text = (tag: number, value: string): RpmTag => [tag, 6, 1, Buffer.from(`${value}\0`)];
const NAMED = [text(1000, 'a'), text(1001, '1'), text(1002, '1')] as const;

describe('a header', () => {
  function problemsOf(tags: readonly RpmTag[]): readonly string[] {
    const { packages, problems } = read('Packages.db', rpmDatabase('Packages.db', [headerOf(tags)]));
    expect(packages).toHaveLength(problems.length === 0 ? 1 : 0);
    return problems;
  }

  it.each<readonly [string, readonly RpmTag[], readonly string[]]>([
    ['has no more than a name and a version', NAMED, []],
    ['has no version', [text(1000, 'a')], ['has a version of a that is none']],
    [
      'has a version with a hyphen',
      [text(1000, 'a'), text(1001, '1-2'), text(1002, '1')],
      ['has a version of a that is none'],
    ],
    ['has no name', [text(1001, '1'), text(1002, '1')], ['names a package that is none']],
    ['has a name with space', [text(1000, 'a b'), ...NAMED.slice(1)], ['names a package that is none']],
    ['has a source that is none', [...NAMED, text(1044, 'a.rpm')], ['has a source of a that is none']],
    ['has a source that was not given out', [...NAMED, text(1044, 'a-1-1.nosrc.rpm')], []],
    ['has a licence of a novel', [...NAMED, text(1014, 'x'.repeat(10_000))], ['has a licence of a that is none']],
    ['has an epoch that is text', [...NAMED, text(1003, '1')], ['has a header whose epoch does not lie in its data']],
    [
      'has more texts than its data',
      [...NAMED, [1022, 8, 7, Buffer.from('x\0')]],
      ['has a header whose architecture does not lie in its data'],
    ],
    [
      'has a text without an end',
      [...NAMED, [1014, 6, 1, Buffer.from('MIT')]],
      ['has a header whose licence does not lie in its data'],
    ],
    [
      'has texts without number',
      [...NAMED, [1014, 8, 0xffff_ffff, Buffer.from('\0')]],
      ['has a header whose licence does not lie in its data'],
    ],
  ])('that %s', (_what, tags, problems) => {
    expect(problemsOf(tags)).toEqual(problems);
  });
});
