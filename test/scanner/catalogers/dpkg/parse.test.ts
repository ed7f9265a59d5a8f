import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseList, parseStatus } from '../../../../lib/scanner/catalogers/dpkg/parse.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/scanner/dpkg');

function read(text: string): { names: readonly string[]; problems: readonly string[] } {
  const content = parseStatus(text);
  if (content.kind !== 'status') throw new Error('not a status');
  return { names: content.packages.map(({ name, version }) => `${name} ${version}`), problems: content.problems };
}

function stanza(fields: Readonly<Record<string, string>>): string {
  const all = { Package: 'a', Status: 'install ok installed', Version: '1', ...fields };
  return Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

describe('parseStatus', () => {
  it.each([
    ['single', ['acl 2.3.1-3'], []],
    ['trailingnewlines', ['acl 2.3.1-3'], []],
    ['empty', [], []],
    ['nopackage', ['foo 1.0', 'bar 2.0'], ['line 5: an entry without a package name']],
    ['noversion', ['foo 1.0', 'bar 2.0'], ['line 5: acl has no version']],
    [
      'invalid',
      [],
      [
        'line 1: no field',
        'line 1: an entry without a package name',
        'line 3: no field',
        'line 3: an entry without a package name',
      ],
    ],
    [
      'statusfield',
      [
        'wantinstall_installed 1.0',
        'wantdeinstall_installed 1.0',
        'wantinstall_unpacked 1.0',
        'wantpurge_installed 1.0',
        'wantinstall_halfinstalled 1.0',
        'wantnostatus 1.0',
      ],
      [],
    ],
    ['transitional', ['iceweasel 78.13.0esr-1~deb10u1'], []],
    ['status.d/foo', ['foo 1.2.3'], []],
  ])('reads %s of osv-scalibr', (name, names, problems) => {
    expect(read(readFileSync(join(FIXTURES, name), 'utf8'))).toEqual({ names, problems });
  });

  it('reads all of a large file of osv-scalibr', () => {
    const { names, problems } = read(readFileSync(join(FIXTURES, 'valid'), 'utf8'));
    expect(names).toEqual([
      'accountsservice 22.08.8-6',
      'acl 2.3.1-3',
      'adduser 3.131',
      'admin-session 2023.06.26.c543406313-00',
      'attr 1:2.5.1-4',
      'libacl1 2.3.1-3',
      'util-linux-extra 2.38.1-5+b1',
    ]);
    expect(problems).toEqual([]);
  });

  it.each([
    ['install ok installed', true],
    ['hold ok installed', true],
    ['deinstall ok installed', true],
    ['install ok half-configured', true],
    ['install ok unpacked', true],
    ['install reinstreq half-installed', true],
    ['install ok triggers-awaited', true],
    ['install ok triggers-pending', true],
    ['deinstall ok config-files', false],
    ['purge ok not-installed', false],
  ])('knows whether the files of a package that is "%s" are there', (status, present) => {
    expect(read(stanza({ Status: status }))).toEqual({ names: present ? ['a 1'] : [], problems: [] });
  });

  it.each(['installed', 'install ok', 'install ok there', 'install ok constructor'])(
    'takes a package that is "%s" for present, and says so',
    (status) => {
      expect(read(stanza({ Status: status }))).toEqual({
        names: ['a 1'],
        problems: ['line 1: a has a status that is none'],
      });
    },
  );

  it.each([
    ['', { name: 'a', version: '1' }],
    ['Source: perl\n', { name: 'perl', version: '1' }],
    ['Source: perl (5.36.0-7)\n', { name: 'perl', version: '5.36.0-7' }],
    ['source: gcc-12 (1:12.2)\n', { name: 'gcc-12', version: '1:12.2' }],
  ])('reads the source package of %j', (field, source) => {
    expect(parseStatus(stanza({}) + field)).toMatchObject({ packages: [{ source }] });
  });

  it.each([
    ['a name with a space', { Package: 'a b' }, 'line 1: a package name that is none'],
    ['a name that is a path', { Package: '../a' }, 'line 1: a package name that is none'],
    ['a name that never ends', { Package: 'a'.repeat(300) }, 'line 1: a package name that is none'],
    ['a version with a space', { Version: '1 2' }, 'line 1: a has a version that is none'],
    ['no version', { Version: '' }, 'line 1: a has no version'],
    ['a source that is none', { Source: 'a b c' }, 'line 1: a has a source that is none'],
    ['an architecture that is none', { Architecture: 'a b' }, 'line 1: a has an architecture that is none'],
  ])('names %s, and reads the rest', (_what, fields, problem) => {
    const text = `${stanza(fields)}\n${stanza({ Package: 'b' })}`;
    expect(read(text)).toEqual({ names: ['b 1'], problems: [problem] });
  });

  it('keeps the first of a field that is given twice', () => {
    expect(read(`${stanza({})}Version: 2\n`)).toEqual({ names: ['a 1'], problems: ['line 4: Version is given twice'] });
  });

  it('skips what continues a field, whatever it looks like', () => {
    const text = `Package: a\nConffiles:\n /etc/a 12\n Version: 9\n\tPackage: b\nStatus: install ok installed\nVersion: 1\n`;
    expect(read(text)).toEqual({ names: ['a 1'], problems: [] });
  });

  it('parts stanzas at lines of white space', () => {
    expect(read(`${stanza({})} \t\n${stanza({ Package: 'b' })}`).names).toEqual(['a 1', 'b 1']);
  });

  it('reads files with carriage returns', () => {
    expect(read(stanza({ Source: 'x (2)' }).replaceAll('\n', '\r\n')).names).toEqual(['a 1']);
  });

  it('lists no more than ten problems', () => {
    expect(read('x\n\n'.repeat(50)).problems).toHaveLength(10);
  });

  it('reads whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(parseStatus(text).kind).toBe('status');
      }),
    );
  });

  it('loses no package to what stands between', () => {
    const broken = fc.constantFrom(
      'asdf\n',
      'Package: x\n',
      'Version: 1\n',
      ' continued\n',
      stanza({ Status: 'purge ok not-installed' }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(broken, fc.nat(9)), { maxLength: 9 }), (pieces) => {
        const text = pieces.map(([piece], nth) => `${piece}\n${stanza({ Package: `p${nth}` })}\n`).join('');
        expect(read(text).names).toEqual(pieces.map((_, nth) => `p${nth} 1`));
      }),
    );
  });
});

describe('parseList', () => {
  it('reads checksums with them, as distroless images have it', () => {
    const sums = 'd41d8cd98f00b204e9800998ecf8427e  usr/bin/docker\n';
    expect(parseList(sums, () => true)).toEqual({ kind: 'list', owns: ['usr/bin/docker'] });
  });

  it('keeps the paths whose owner matters', () => {
    const list = ['/.', '/usr', '/usr/bin/docker', '/usr/share/doc/a/copyright', '/usr/share/java/a.jar'];
    expect(parseList(`${list.join('\n')}\n`, (path) => /bin|jar$/u.test(path))).toEqual({
      kind: 'list',
      owns: ['usr/bin/docker', 'usr/share/java/a.jar'],
    });
  });
});
