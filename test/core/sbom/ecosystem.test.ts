import { describe, expect, it } from '@jest/globals';

import { ecosystemOf } from '../../../lib/core/sbom/ecosystem.ts';

describe('ecosystemOf', () => {
  it.each([
    ['debian', '12', 'Debian:12'],
    ['ubuntu', '22.04', 'Ubuntu:22.04'],
    ['debian', null, null],
    ['debian', 'sid', null],
    ['debian', '12:evil', null],
    ['raspbian', '12', null],
    ['alpine', '3.20.3', null],
    ['constructor', '1', null],
  ])('knows %s %s as %s', (id, versionId, expected) => {
    expect(ecosystemOf({ id, versionId, codename: null, name: id })).toBe(expected);
  });

  it('knows no ecosystem of an image that says nothing', () => {
    expect(ecosystemOf(null)).toBeNull();
  });
});
