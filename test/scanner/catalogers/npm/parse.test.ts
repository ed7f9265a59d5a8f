import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseManifest } from '../../../../lib/scanner/catalogers/npm/parse.ts';
import type { StatedContent } from '../../../../lib/scanner/catalogers/stated.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/scanner/npm');

function parse(manifest: unknown): StatedContent {
  return parseManifest(Buffer.from(JSON.stringify(manifest)));
}

describe('parseManifest', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['accepts.json', ['accepts 1.3.8 MIT'], []],
    ['acorn-globals.json', [], ['acorn-globals has no version']],
    ['undici-package.json', ['undici 5.28.3 MIT'], []],
    ['no-person-name.json', ['accepts 1.3.8 MIT'], []],
    ['duplicate-keys.json', ['duplicate-keys 1.0.0'], []],
    ['acorn.json', [], ['a package without a name']],
    ['window-size.json', [], []],
    ['invalid', [], ['it is no JSON']],
  ])('reads %s of osv-scalibr', (name, packages, problems) => {
    const read = parseManifest(readFileSync(join(FIXTURES, name)));
    expect(read.packages.map((one) => [one.name, one.version, ...one.licences].join(' '))).toEqual(packages);
    expect(read.problems).toEqual(problems);
  });

  it.each<[object, readonly string[]]>([
    [{}, []],
    [{ license: '(MIT OR Apache-2.0)' }, ['(MIT OR Apache-2.0)']],
    [{ license: { type: 'BSD-3-Clause', url: 'x' } }, ['BSD-3-Clause']],
    [{ license: ['MIT', { type: 'ISC' }] }, ['MIT', 'ISC']],
    [{ licenses: [{ type: 'MIT' }, { type: 'Apache2' }] }, ['MIT', 'Apache2']],
    [{ licenses: 'MIT' }, ['MIT']],
    [{ license: 'SEE LICENSE IN x', licenses: [{ type: 'MIT' }] }, ['SEE LICENSE IN x', 'MIT']],
    [{ license: 7, licenses: [null, [], { url: 'x' }] }, []],
  ])('takes the licences of %j', (fields, licences) => {
    expect(parse({ name: 'a', version: '1.0.0', ...fields })).toMatchObject({ packages: [{ licences }], problems: [] });
  });

  it.each([
    ['@babel/core', '7.0.0', '7.0.0'],
    ['JSONStream', '1.3.5', '1.3.5'],
    ['lodash.get', ' v4.4.2 ', '4.4.2'],
    ['a', '=1.0.0-rc.1+build', '1.0.0-rc.1+build'],
    ['a', 'latest', 'latest'],
  ])('reads %s in version %s', (name, version, read) => {
    expect(parse({ name, version }).packages).toMatchObject([{ name, version: read }]);
  });

  it.each<[unknown, string]>([
    [{ name: 'a' }, 'a has no version'],
    [{ name: 'a', version: '' }, 'a has no version'],
    [{ name: 'a', version: 'v' }, 'a has no version'],
    [{ name: 'a', version: 1 }, 'a has a version that is none: it is of type number'],
    [{ version: '1.0.0' }, 'a package without a name'],
    [{ name: '../a', version: '1.0.0' }, 'a name that is none: "../a"'],
    [{ name: '@a', version: '1.0.0' }, 'a name that is none: "@a"'],
    [{ name: 'a/b', version: '1.0.0' }, 'a name that is none: "a/b"'],
    [{ name: 'a'.repeat(215), version: '1.0.0' }, `a name that is none: "${'a'.repeat(64)}"`],
  ])('says what is wrong with %j', (manifest, problem) => {
    expect(parse(manifest)).toEqual({ packages: [], problems: [problem] });
  });

  it('takes a name that is no UTF-8 for none', () => {
    const bytes = Buffer.from('{"name":"a\xff","version":"1.0.0"}', 'latin1');
    expect(parseManifest(bytes).problems).toEqual(['a name that is none: "a\ufffd"']);
  });

  it.each([[{ type: 'module' }], [{}], [[]], [null], ['text'], [7]])(
    'takes %j for the manifest of no package',
    (value) => {
      expect(parse(value)).toEqual({ packages: [], problems: [] });
    },
  );

  it('reads whatever it is given', () => {
    const value = fc.oneof(fc.json(), fc.string());
    const manifest = fc.record({ name: fc.jsonValue(), version: fc.jsonValue(), license: fc.jsonValue() });
    fc.assert(
      fc.property(
        fc.oneof(
          value,
          manifest.map((one) => JSON.stringify(one)),
        ),
        (text) => {
          expect(parseManifest(Buffer.from(text)).packages.length).toBeLessThan(2);
        },
      ),
    );
  });
});
