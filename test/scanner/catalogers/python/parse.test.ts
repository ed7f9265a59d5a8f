import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseFolder, parseMetadata } from '../../../../lib/scanner/catalogers/python/parse.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/scanner/python');

function parse(text: string | Buffer, path = 'x.egg-info'): readonly string[] {
  const { packages, problems } = parseMetadata(path, Buffer.from(text));
  return [...packages.map(({ name, version, licences }) => [name, version, ...licences].join(' | ')), ...problems];
}

describe('parseMetadata', () => {
  it.each([
    ['distinfo_meta', 'pip | 22.2.2 | MIT'],
    ['egginfo', 'pycups | 2.0.1 | GPLv2+'],
    ['malformed_pkginfo', 'passlib | 1.7.4 | BSD'],
    ['mixed_case', 'httplib2 | 1.0'],
    ['special_chars', 'backports-ssl-match-hostname | 3.5.0.1'],
    ['repeated_pkginfo', 'root | 1.0.0'],
    ['pyopenssl-26.0.0.dist-info', 'pyopenssl | 26.0.0 | Apache License, Version 2.0'],
    ['empty', 'x has no version'],
  ])('reads %s of osv-scalibr', (name, expected) => {
    expect(parse(readFileSync(join(FIXTURES, name)))).toEqual([expected]);
  });

  it.each([
    ['Flask', 'flask'],
    ['zope.interface', 'zope-interface'],
    ['ruamel_yaml', 'ruamel-yaml'],
    ['A-_-.B', 'a-b'],
  ])('names %s as the index does', (name, normalized) => {
    expect(parse(`Name: ${name}\nVersion: 1\n`)).toEqual([`${normalized} | 1`]);
  });

  it.each<[string, readonly string[]]>([
    ['License: MIT\n', ['MIT']],
    [
      'License-Expression: MIT OR BSD-2-Clause\nLicense: x\nClassifier: License :: OSI Approved :: y\n',
      ['MIT OR BSD-2-Clause'],
    ],
    ['License: BSD\nClassifier: License :: OSI Approved :: BSD License\n', ['BSD']],
    [
      'License: UNKNOWN\nClassifier: License :: OSI Approved :: BSD License\nClassifier: Topic :: License\nClassifier: License :: Public Domain\n',
      ['BSD License', 'Public Domain'],
    ],
    ['License: The whole text\n        of a licence\nClassifier: License :: Freeware\n', ['Freeware']],
    ['License: The whole text\n        of a licence\n', ['The whole text']],
    ['License:\n', []],
    ['License: UNKNOWN\n', []],
  ])('takes the licences of %j', (fields, licences) => {
    expect(parse(`Name: a\nVersion: 1\n${fields}`)).toEqual([['a', '1', ...licences].join(' | ')]);
  });

  it('asks nothing of the description, and of what is folded', () => {
    expect(
      parse('Name: a\nDescription: long\n Version: 9\n\tName: b\nVersion: 1\n\nVersion: 2\nLicense: MIT\n'),
    ).toEqual(['a | 1']);
    expect(parse('Name: a\r\nVersion: 1\r\n\r\nLicense: MIT\r\n')).toEqual(['a | 1']);
  });

  it.each([
    ['site-packages/six-1.16.0.dist-info/METADATA', 'six | 1.16.0'],
    ['six-1.16.0-py3.9.egg-info', 'six | 1.16.0'],
    ['a/Foo_Bar-1.0.post1.egg-info/PKG-INFO', 'foo-bar | 1.0.post1'],
    ['a/Foo_Bar-1.0-py3.9-linux-x86_64.egg/EGG-INFO/PKG-INFO', 'foo-bar | 1.0'],
    ['outer-9.egg/six-1.16.0.dist-info/METADATA', 'six | 1.16.0'],
    ['six.egg-info', 'six has no version'],
    ['.egg-info', 'a package without a name'],
  ])('takes from the folder what metadata leave out: %s', (path, expected) => {
    expect(parse('Metadata-Version: 1.0\n', path)).toEqual([expected]);
  });

  it.each([
    ['Name: a b\nVersion: 1\n', 'a name that is none: "a b"'],
    ['Name: a\nVersion: 1 0\n', 'a has a version that is none: "1 0"'],
    [`Name: a\nVersion: ${'1'.repeat(1e6)}\n`, `a has a version that is none: "${'1'.repeat(64)}"`],
    [Buffer.from('Name: \xe9\nVersion: 1\n', 'latin1'), 'a name that is none: "\ufffd"'],
  ])('says what is wrong with %#', (text, problem) => {
    expect(parse(text)).toEqual([problem]);
  });

  it('reads whatever it is given', () => {
    const line = fc.oneof(
      fc.constantFrom('Name', 'Version: 1', 'Name: a', ' folded', 'License: x', ':', ''),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line), fc.string(), (lines, path) => {
        expect(parse(lines.join('\n'), path)).toHaveLength(1);
      }),
    );
  });
});

describe('parseFolder', () => {
  it('knows a distribution whose metadata are gone', () => {
    expect(parseFolder('app/six-1.16.0.dist-info/RECORD')).toEqual({
      packages: [{ name: 'six', version: '1.16.0', licences: [] }],
      problems: [],
    });
  });
});
