import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { canonicalBytes, contentId, digestOf } from '../../../lib/core/canonical/canonical.ts';

const textOf = (value: unknown) => new TextDecoder().decode(canonicalBytes(value));

describe('canonical bytes', () => {
  it('are those of RFC 8785, section 3.2.3', () => {
    const given = '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","1":"One","\\ud83d\\ude00":"Smiley"}';

    expect(textOf(JSON.parse(given))).toBe('{"\\r":"Carriage Return","1":"One","€":"Euro Sign","😀":"Smiley"}');
    expect(textOf(JSON.parse('[333333333.33333329, 1E30, 4.50, 2e-3]'))).toBe('[333333333.3333333,1e+30,4.5,0.002]');
  });

  it('do not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(textOf(turned)).toBe(textOf(value));
      }),
    );
  });

  it('leave out what is undefined, and are none of what is no JSON', () => {
    expect(textOf({ a: undefined, b: 1 })).toBe('{"b":1}');
    const refusal = { code: 'bad-input', message: 'not a JSON value' };
    expect(() => canonicalBytes(undefined)).toThrow(expect.objectContaining(refusal));
  });

  it('name a value by their sha256', () => {
    const empty = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

    expect(digestOf(new Uint8Array())).toBe(empty);
    expect(contentId({ b: 1, a: 2 })).toBe(contentId({ a: 2, b: 1 }));
    expect(contentId('')).toBe(digestOf(new TextEncoder().encode('""')));
  });
});
