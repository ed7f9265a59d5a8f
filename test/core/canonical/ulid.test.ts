import { describe, expect, it } from '@jest/globals';

import { ulidOf } from '../../../lib/core/canonical/ulid.ts';

const AT = '2026-11-25T12:00:00.000Z';

describe('an identifier', () => {
  it('is the same for the same thing at the same instant, and no other', () => {
    expect(ulidOf(AT, { a: 1 })).toBe(ulidOf(AT, { a: 1 }));
    expect(ulidOf(AT, { a: 1 })).not.toBe(ulidOf(AT, { a: 2 }));
    expect(ulidOf(AT, {})).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/u);
  });

  it('is in the order of time', () => {
    const later = '2026-11-25T12:00:00.001Z';
    for (let n = 0; n < 50; n += 1) expect(ulidOf(AT, n) < ulidOf(later, n + 1)).toBe(true);
  });
});
