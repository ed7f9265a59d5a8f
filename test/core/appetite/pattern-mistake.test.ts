import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { patternMistake } from '../../../lib/core/appetite/pattern-mistake.ts';

describe('patternMistake', () => {
  it.each([
    '^CVE-2026-',
    '[Rr]emote code',
    'linux-.*-rt',
    '^a|b$',
    'a\\(b\\)',
    '[()*+?{}]x+',
    '\\d+\\.\\d+',
    'x{3}',
    '\\*\\+\\?\\{',
  ])('takes %s', (pattern) => {
    expect(patternMistake(pattern)).toBeNull();
  });

  it.each([
    ['(a+)+$', 'a pattern has no groups: "(a+)+$"'],
    ['(?=a)', 'a pattern has no groups: "(?=a)"'],
    ['a\\1', 'a pattern has no groups: "a\\1"'],
    ['a*b*c*', 'a pattern has at most two repetitions (* + ? {}), this one has 3'],
    ['a?a?a?', 'a pattern has at most two repetitions (* + ? {}), this one has 3'],
    ['.*?x+', 'a pattern has at most two repetitions (* + ? {}), this one has 3'],
    ['(', 'Invalid regular expression: /(/: Unterminated group'],
  ])('refuses %s', (pattern, says) => {
    expect(patternMistake(pattern)).toBe(says);
  });

  it('takes no pattern that takes long on a title of a few hundred characters', () => {
    const piece = fc.constantFrom(
      'a',
      '.',
      'a*',
      '.*',
      'a+',
      'a?',
      '[ab]',
      '[ab]*',
      '(a|a)',
      '(a*)*',
      '|',
      '^',
      '$',
      'b',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const pattern = pieces.join('');
        fc.pre(patternMistake(pattern) === null);
        const began = performance.now();
        new RegExp(pattern).test('a'.repeat(300));
        expect(performance.now() - began).toBeLessThan(2000);
      }),
    );
  });
});
