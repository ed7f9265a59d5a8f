import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { endOfPrefix } from '../../../../lib/adapters/local/store/prefix.ts';
import { byUtf8 } from '../../../support/memory-store.ts';

describe('endOfPrefix', () => {
  it.each([
    ['a', 'b'],
    ['CURRENT#', 'CURRENT$'],
    ['\u007f', '\u0080'],
    ['\ud7ff', '\ue000'],
    ['\uffff', '\u{10000}'],
    ['a\u{10ffff}', 'b'],
    ['a\u{10ffff}\u{10ffff}', 'b'],
    ['\u{10ffff}', null],
  ])('of %j is %j', (prefix, end) => {
    expect(endOfPrefix(prefix)).toBe(end);
  });

  it('parts what begins so from what comes after', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(text, text, fc.boolean(), (prefix, other, joined) => {
        const name = joined ? prefix + other : other;
        const end = endOfPrefix(prefix);
        const within = byUtf8(name, prefix) >= 0 && (end === null || byUtf8(name, end) < 0);
        expect(within).toBe(name.startsWith(prefix));
      }),
      { numRuns: 2000 },
    );
  });
});
