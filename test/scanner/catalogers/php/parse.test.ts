import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseInstalled } from '../../../../lib/scanner/catalogers/php/parse.ts';
import type { StatedContent } from '../../../../lib/scanner/catalogers/stated.ts';

function parse(value: unknown): StatedContent {
  return parseInstalled(Buffer.from(JSON.stringify(value)));
}

const log = {
  name: 'psr/log',
  version: '3.0.0',
  version_normalized: '3.0.0.0',
  type: 'library',
  license: ['MIT'],
  replace: { 'psr/old-log': 'self.version' },
  provide: { 'psr/log-implementation': '1.0' },
};
const read = { name: 'psr/log', version: '3.0.0', licences: ['MIT'] };

describe('parseInstalled', () => {
  it.each<[string, unknown]>([
    ['Composer 1', [log]],
    ['Composer 2', { packages: [log], dev: true, 'dev-package-names': [] }],
    ['Composer 2, where it is for development', { packages: [log], dev: true, 'dev-package-names': ['psr/log'] }],
    ['Composer 2, without what it replaces', { packages: [{ ...log, 'install-path': '../psr/log' }] }],
  ])('reads what %s installed', (_what, value) => {
    expect(parse(value)).toEqual({ packages: [read], problems: [] });
  });

  it('reads a folder into which nothing was installed', () => {
    expect(parse({ packages: [], dev: false, 'dev-package-names': [] })).toEqual({ packages: [], problems: [] });
    expect(parse([])).toEqual({ packages: [], problems: [] });
  });

  it.each([
    ['v5.4.0', '5.4.0'],
    ['V5.4.0', '5.4.0'],
    ['1.0.0-RC1', '1.0.0-RC1'],
    ['dev-main', 'dev-main'],
    ['vendor', 'vendor'],
    ['2.x-dev', '2.x-dev'],
  ])('takes the version %s for %s', (version, expected) => {
    expect(parse([{ ...log, version }]).packages).toMatchObject([{ version: expected }]);
  });

  it.each<[unknown, readonly string[]]>([
    [undefined, []],
    ['MIT', ['MIT']],
    [
      ['LGPL-2.1-only', 'GPL-3.0-or-later'],
      ['LGPL-2.1-only', 'GPL-3.0-or-later'],
    ],
    [[{ type: 'MIT' }], []],
  ])('takes the licence %j', (license, licences) => {
    expect(parse([{ name: 'a/b', version: '1', license }]).packages).toEqual([{ name: 'a/b', version: '1', licences }]);
  });

  it('names packages as Packagist does', () => {
    expect(parse([{ ...log, name: 'Doctrine/ORM' }]).packages).toMatchObject([{ name: 'doctrine/orm' }]);
  });

  it.each<[unknown, string]>([
    [{ name: 'log', version: '1' }, 'a name that is none: "log"'],
    [{ name: 'a/b/c', version: '1' }, 'a name that is none: "a/b/c"'],
    [{ version: '1' }, 'a package without a name'],
    [{ name: 'a/b' }, 'a/b has no version'],
    [{ name: 'a/b', version: ['1'] }, 'a/b has a version that is none: it is a list'],
    ['text', 'a package without a name'],
    [null, 'a package without a name'],
  ])('says what is wrong with %j, and reads the rest', (entry, problem) => {
    expect(parse([entry, log])).toEqual({ packages: [read], problems: [problem] });
  });

  it.each<[string, string]>([
    ['', 'it is no JSON'],
    ['{"packages":[', 'it is no JSON'],
    ['{}', 'it lists no packages'],
    ['{"packages":{}}', 'it lists no packages'],
    ['7', 'it lists no packages'],
    ['null', 'it lists no packages'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(parseInstalled(Buffer.from(text))).toEqual({ packages: [], problems: [problem] });
  });

  it('reads names that would be a trap for an expression', () => {
    const name = `a/${'b.'.repeat(120)}!`;
    expect(parse([{ name, version: '1' }]).problems).toHaveLength(1);
    expect(parse([{ name: `a/${'-'.repeat(1e6)}`, version: '1' }]).problems).toHaveLength(1);
  });

  it('reads whatever it is given', () => {
    const entry = fc.record({ name: fc.jsonValue(), version: fc.jsonValue(), license: fc.jsonValue() });
    const value = fc.oneof(fc.jsonValue(), fc.array(entry), fc.record({ packages: fc.array(entry) }));
    fc.assert(
      fc.property(value, (given) => {
        expect(parse(given).problems.length).toBeLessThan(11);
      }),
    );
  });
});
