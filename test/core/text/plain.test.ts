import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { asciiLine, counted, plainLine } from '../../../lib/core/text/plain.ts';

describe('plainLine', () => {
  it.each([
    ['letters of any script', 'Größe 大小 قياس', 'Größe 大小 قياس'],
    ['pictures', 'fixed 🎉', 'fixed 🎉'],
    ['an escape sequence of a terminal', '\u001b[2Jgone', '\ufffd[2Jgone'],
    ['line breaks', 'one\r\ntwo\u2028three\u2029four', 'one\ufffd\ufffdtwo\ufffdthree\ufffdfour'],
    ['a tab', 'a\tb', 'a\ufffdb'],
    ['controls of the second kind', 'a\u009bm', 'a\ufffdm'],
    ['marks that turn the direction', 'cod\u202egpj.exe', 'cod\ufffdgpj.exe'],
    ['isolates', '\u2066x\u2069', '\ufffdx\ufffd'],
    ['what is drawn as nothing', 'open\u200bssl\u00ad', 'open\ufffdssl\ufffd'],
    ['tags that no eye sees', 'a\u{e0041}b', 'a\ufffdb'],
    ['half a character', 'a\ud83db', 'a\ufffdb'],
  ])('leaves or shows %s', (_, text, plain) => {
    expect(plainLine(text)).toBe(plain);
  });

  it('gives one line that can be encoded, of as many characters, and changes nothing twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = plainLine(text);
        expect([...plain]).toHaveLength([...text].length);
        expect(plain).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u);
        expect(plain.isWellFormed()).toBe(true);
        expect(plainLine(plain)).toBe(plain);
      }),
    );
  });
});

describe('asciiLine', () => {
  it.each([
    ['team/app', 20, 'team/app'],
    ['tëam/app', 20, 'team/app'],
    ['a\nb', 20, 'a?b'],
    ['exactly ten', 11, 'exactly ten'],
    ['Łódź 漢字 ﬁn', 20, '?odz ?? fin'],
    ['exactly ten', 10, 'exactly...'],
  ])('writes %j in %i characters as %j', (text, limit, line) => {
    expect(asciiLine(text, limit)).toBe(line);
  });

  it('keeps to printable ASCII and to its limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 3, max: 200 }), (text, limit) => {
        const line = asciiLine(text, limit);
        expect(line).toMatch(/^[\x20-\x7e]*$/u);
        expect(line.length).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

describe('counted', () => {
  it.each([
    [0, '0 gaps'],
    [1, '1 gap'],
    [2, '2 gaps'],
    [-1, '-1 gaps'],
  ])('says %i', (count, words) => {
    expect(counted(count, 'gap')).toBe(words);
  });

  it('takes another plural', () => {
    expect([1, 2].map((count) => counted(count, 'vulnerability', 'vulnerabilities'))).toEqual([
      '1 vulnerability',
      '2 vulnerabilities',
    ]);
  });
});
