import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { apkContent, parseInstalled } from '../../../../lib/scanner/catalogers/apk/parse.ts';
import { apkInstalled } from '../../../support/alpine.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/scanner/apk');
const none = (): boolean => false;

function read(text: string): { names: readonly string[]; problems: readonly string[] } {
  const { packages, problems } = parseInstalled(text, none);
  return { names: packages.map(({ name, version }) => `${name} ${version}`), problems };
}

describe('parseInstalled', () => {
  it.each([
    ['single', ['alpine-baselayout-data 3.4.3-r1'], []],
    ['no-origin', ['pkgname 1.2.3'], []],
    ['empty', [], []],
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
  ])('reads %s of osv-scalibr', (name, names, problems) => {
    expect(read(readFileSync(join(FIXTURES, name), 'utf8'))).toEqual({ names, problems });
  });

  it('reads every package of a real database, with origin, licence and architecture', () => {
    const text = readFileSync(join(FIXTURES, 'installed'), 'utf8');
    const { packages, problems } = parseInstalled(text, none);
    expect(problems).toEqual([]);
    expect(packages).toHaveLength(text.match(/^P:/gmu)?.length ?? 0);
    expect(packages).toHaveLength(15);
    expect(packages.find(({ name }) => name === 'libcrypto3')).toEqual({
      ...{ name: 'libcrypto3', version: '3.1.0-r4', architecture: 'x86_64' },
      ...{ origin: 'openssl', licence: 'Apache-2.0', owns: [] },
    });
  });

  it('keeps the paths whose owner matters', () => {
    const text = readFileSync(join(FIXTURES, 'installed'), 'utf8');
    const { packages } = parseInstalled(text, (path) => path.startsWith('sbin/') || !path.includes('/'));
    expect(packages.filter(({ owns }) => owns.length > 0).map(({ name, owns }) => [name, owns])).toEqual([
      ['apk-tools', ['sbin/apk']],
      ['musl-utils', ['sbin/ldconfig']],
    ]);
    expect(parseInstalled('P:a\nV:1\nF:\nR:init\n', () => true).packages[0]?.owns).toEqual(['init']);
  });

  it.each([
    ['P:a\n', 'line 1: a has no version'],
    ['P:a b\nV:1\n', 'line 1: a package name that is none'],
    ['V:1\n', 'line 1: an entry without a package name'],
    ['P:a\nV:1 2\n', 'line 1: a has a version that is none'],
    ['P:a\nV:1\no:x y\n', 'line 1: a has an origin that is none'],
    ['P:a\nV:1\nA:\u00e9\n', 'line 1: a has an architecture that is none'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(read(`${text}\nP:b\nV:2-r0\n`)).toEqual({ names: ['b 2-r0'], problems: [problem] });
  });

  it('says that a field is given twice, and reads the first', () => {
    expect(read('P:a\nV:1\nV:2\n')).toEqual({ names: ['a 1'], problems: ['line 3: V is given twice'] });
  });

  it('takes what was added as a virtual package, and an entry without an end', () => {
    expect(read('P:.build-deps\nV:20240101.120000')).toEqual({ names: ['.build-deps 20240101.120000'], problems: [] });
  });

  it('reads what it is to read, and reads anything', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9+.-]{0,9}$/u);
    fc.assert(
      fc.property(fc.array(fc.record({ name, version: fc.constantFrom('1-r0', '2.1_rc1-r3') })), (packages) => {
        expect(read(apkInstalled(packages))).toEqual({
          names: packages.map((one) => `${one.name} ${one.version}`),
          problems: [],
        });
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const content = parseInstalled(text, () => true);
        expect(apkContent.parse(JSON.parse(JSON.stringify(content)))).toEqual(content);
        expect(content.problems.length).toBeLessThanOrEqual(10);
      }),
    );
  });
});
