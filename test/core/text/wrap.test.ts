import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { wrapLine } from '../../../lib/core/text/wrap.ts';

describe('wrapLine', () => {
  it.each([
    ['a short line as it is', 'one two', ['one two']],
    ['a long one at a blank', 'one two three four', ['one two', 'three four']],
    ['an entry of a list under its words', '  * one two three', ['  * one', '    two', '    three']],
    ['a word that is too long unbroken', 'see sha256:0123456789', ['see', 'sha256:0123456789']],
  ])('leaves %s', (_, line, lines) => {
    expect(wrapLine(line, 10)).toEqual(lines);
  });

  it('keeps every word, in order, and no line longer than it must be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,30}$/u), { minLength: 1 }),
        fc.integer({ min: 5, max: 40 }),
        (words, width) => {
          const lines = wrapLine(words.join(' '), width);
          expect(lines.flatMap((line) => line.trim().split(' '))).toEqual(words);
          for (const line of lines) if (line.length > width) expect(line.trim()).not.toContain(' ');
        },
      ),
    );
  });
});
