import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { compareDpkg, type DpkgVersion, parseDpkg } from '../../../lib/core/versions/dpkg.ts';
import { isUnparsable } from '../../../lib/core/versions/version.ts';

const SIGN = { '<': -1, '=': 0, '>': 1 } as const;

const VECTORS = readFileSync(new URL('../../fixtures/versions/debian-versions.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .map((line) => line.split(' ') as [string, keyof typeof SIGN, string]);

function parsed(text: string): DpkgVersion {
  const version = parseDpkg(text);
  if (isUnparsable(version)) throw new Error(`${text}: ${version.why}`);
  return version;
}

function compare(a: string, b: string): number {
  return compareDpkg(parsed(a), parsed(b));
}

/** Few characters, so that versions often share their beginnings. */
const runs = fc.string({ unit: fc.constantFrom('0', '1', '9', 'a', 'Z', '~', '+', '.', '-'), maxLength: 6 });
const versions = fc
  .tuple(fc.option(fc.nat({ max: 2 }), { nil: null }), runs, fc.option(fc.constantFrom('0', '1', '1~', 'a1')))
  .map(([epoch, upstream, revision]) => {
    return `${epoch === null ? '' : `${epoch}:`}1${upstream}${revision === null ? '' : `-${revision}`}`;
  })
  .filter((text) => !isUnparsable(parseDpkg(text)));

describe('compareDpkg', () => {
  it('reads every vector of the published set', () => {
    expect(VECTORS.length).toBe(30);
  });

  it.each(VECTORS)('orders %s %s %s', (a, sign, b) => {
    expect(compare(a, b)).toBe(SIGN[sign]);
    expect(compare(b, a)).toBe(0 - SIGN[sign]);
  });

  it.each<[string, keyof typeof SIGN, string, string]>([
    ['1.0~rc1', '<', '1.0', 'a tilde comes before the end'],
    ['1.0~~', '<', '1.0~', 'two tildes come before one'],
    ['1.0~', '<', '1.0~a', 'the end comes before a letter'],
    ['1.0a', '<', '1.0+', 'letters come before the rest'],
    ['1.0Z', '<', '1.0a', 'letters are in the order of ASCII'],
    ['1.0', '<', '1.0a', 'the end comes before a letter'],
    ['1.a', '<', '1..', 'a letter comes before a full stop'],
    ['99999999999999999998', '<', '99999999999999999999', 'numbers have any length'],
    ['1.010', '=', '1.10', 'leading zeros say nothing'],
    ['1.0', '=', '1.', 'no digits count as zero'],
    ['1:1', '>', '2', 'the epoch comes first'],
    ['10:1', '>', '9:1', 'epochs are numbers'],
    ['1-1-1', '>', '1-1', 'the last hyphen parts the revision'],
    ['1:2:3', '>', '1:2', 'only the first colon parts the epoch'],
    ['2.36-9+deb12u13', '>', '2.36-9+deb12u9', 'updates count up'],
    ['r12', '>', '12', 'dpkg orders versions that begin with a letter'],
    [' 1.0\n', '=', '1.0', 'space around it is no part of it'],
  ])('orders %j %s %j: %s', (a, sign, b) => {
    expect(compare(a, b)).toBe(SIGN[sign]);
    expect(compare(b, a)).toBe(0 - SIGN[sign]);
  });

  it('is a total order', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(compare(a, a)).toBe(0);
        expect(compare(a, b)).toBe(0 - compare(b, a));
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
        if (compare(a, b) === 0) expect(compare(a, c)).toBe(compare(b, c));
      }),
      { numRuns: 500 },
    );
  });
});

describe('parseDpkg', () => {
  it('parts epoch, upstream version and revision', () => {
    expect(parseDpkg('1:2.3-4-5~a')).toEqual({ epoch: 1, upstream: '2.3-4', revision: '5~a' });
    expect(parseDpkg('2.3')).toEqual({ epoch: 0, upstream: '2.3', revision: '' });
  });

  it.each([
    ['', 'it is empty'],
    ['  ', 'it is empty'],
    ['a:1', 'its epoch is not a number'],
    [':1', 'its epoch is not a number'],
    ['-1:1', 'its epoch is not a number'],
    ['2147483648:1', 'its epoch is too large'],
    ['1:', 'it has no upstream version'],
    ['1:-1', 'it has no upstream version'],
    ['1.0-', 'its revision is empty'],
    ['1.0_1', 'its upstream version has a character that no version has'],
    ['1.0 1', 'its upstream version has a character that no version has'],
    ['<unfixed>', 'its upstream version has a character that no version has'],
    ['1.0-1:1', 'its epoch is not a number'],
    ['0:1.0-1:1', 'its revision has a character that no version has'],
    ['1.0-1_1', 'its revision has a character that no version has'],
    ['1.0é', 'its upstream version has a character that no version has'],
  ])('refuses %j: %s', (text, why) => {
    expect(parseDpkg(text)).toEqual({ unparsable: text, why });
  });
});
