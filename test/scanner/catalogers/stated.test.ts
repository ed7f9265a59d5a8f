import { describe, expect, it } from '@jest/globals';

import { readJson, stated, statedIn } from '../../../lib/scanner/catalogers/stated.ts';

const NAME = /^[a-z]+$/u;

describe('stated', () => {
  it.each<[string, unknown, unknown, string]>([
    ['no name', undefined, '1', 'a package without a name'],
    ['an empty name', '', '1', 'a package without a name'],
    ['a name of another type', ['a'], '1', 'a name that is none: it is a list'],
    ['a name of another form', 'A\nB', '1', 'a name that is none: "A\\nB"'],
    ['a name without an end', 'A'.repeat(1e6), '1', `a name that is none: "${'A'.repeat(64)}"`],
    ['no version', 'a', null, 'a has no version'],
    ['a version of another type', 'a', 1, 'a has a version that is none: it is of type number'],
    ['a version with a space', 'a', '1 2', 'a has a version that is none: "1 2"'],
    ['a version that is not ASCII', 'a', '1\u0660', 'a has a version that is none: "1\u0660"'],
    ['a version of a megabyte', 'a', '1'.repeat(1e6), `a has a version that is none: "${'1'.repeat(64)}"`],
  ])('says what is wrong with %s', (_what, name, version, problem) => {
    expect(stated(name, version, [], NAME)).toBe(problem);
  });

  it.each<[readonly unknown[], readonly string[]]>([
    [[], []],
    [['MIT', undefined, null, 7, {}, '', '  ', 'MIT'], ['MIT']],
    [['  Apache-2.0\nAnd all of its text\n'], ['Apache-2.0']],
    [['x'.repeat(1e6)], ['x'.repeat(200)]],
    [Array.from({ length: 99 }, (_, nth) => `L${nth}`), Array.from({ length: 16 }, (_, nth) => `L${nth}`)],
  ])('takes the licences of %j', (given, licences) => {
    expect(stated('a', '1', given, NAME)).toEqual({ name: 'a', version: '1', licences });
  });
});

describe('statedIn', () => {
  it('keeps every package, and no more than ten problems', () => {
    const one = { name: 'a', version: '1', licences: [] };
    const { packages, problems } = statedIn(Array.from({ length: 40 }, (_, nth) => (nth % 2 === 0 ? one : `${nth}`)));
    expect(packages).toHaveLength(20);
    expect(problems).toEqual(['1', '3', '5', '7', '9', '11', '13', '15', '17', '19']);
  });
});

describe('readJson', () => {
  it.each([
    ['nothing', '', { problem: 'it is no JSON' }],
    ['half an object', '{"a":', { problem: 'it is no JSON' }],
    ['a mark of its order of bytes', '\ufeff{}', { value: {} }],
    ['more than it takes', ' '.repeat(4 * 1024 * 1024 + 1), { problem: 'it has more than 4194304 bytes' }],
  ])('answers for %s', (_what, text, expected) => {
    expect(readJson(Buffer.from(text))).toEqual(expected);
  });

  it('reads what is nested deeper than any stack', () => {
    expect(readJson(Buffer.from('['.repeat(1e5) + ']'.repeat(1e5)))).toHaveProperty('value');
    expect(readJson(Buffer.from('['.repeat(1e5)))).toEqual({ problem: 'it is no JSON' });
  });
});
