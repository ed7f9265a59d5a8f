import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { fitLines } from '../../../lib/core/text/fit.ts';

describe('fitLines', () => {
  it('leaves alone what fits', () => {
    expect(fitLines('a\nb\n', 4)).toBe('a\nb\n');
  });

  it('cuts between two lines, and counts what it left out', () => {
    const text = Array.from({ length: 50 }, (_, place) => `line ${place}`).join('\n');

    expect(fitLines(text, 100).split('\n')).toEqual([
      'line 0',
      'line 1',
      'line 2',
      expect.stringMatching(/^\.\.\. and 47 lines more/u),
      '',
    ]);
  });

  it('never passes the limit, in bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.integer({ min: 100, max: 300 }), (lines, most) => {
        expect(Buffer.byteLength(fitLines(lines.join('\n'), most))).toBeLessThanOrEqual(most);
      }),
    );
  });
});
