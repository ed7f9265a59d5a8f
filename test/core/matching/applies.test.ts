import { describe, expect, it } from '@jest/globals';

import { appliesTo } from '../../../lib/core/matching/applies.ts';

describe('appliesTo', () => {
  it.each([
    ['Debian:12', 'Debian:12', true],
    ['Debian', 'Debian:12', true],
    ['Debian:11', 'Debian:12', false],
    ['Debian:1', 'Debian:12', false],
    ['Debian:12', 'Debian', false],
    ['debian:12', 'Debian:12', false],
    ['Ubuntu:22.04:LTS', 'Ubuntu:22.04:LTS', true],
    ['Ubuntu:22.04:LTS', 'Ubuntu:22.04', true],
    ['Ubuntu:22.04', 'Ubuntu:22.04:LTS', true],
    ['Ubuntu', 'Ubuntu:22.04:LTS', true],
    ['Ubuntu:Pro:22.04:LTS', 'Ubuntu:22.04:LTS', false],
    ['Ubuntu:24.04:LTS', 'Ubuntu:22.04:LTS', false],
  ])('an advisory of %s speaks of a package of %s: %p', (advisory, ecosystem, applies) => {
    expect(appliesTo(advisory, ecosystem)).toBe(applies);
  });
});
