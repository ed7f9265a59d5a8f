import { describe, expect, it } from '@jest/globals';

import { coversKey, coversPartition, exceptionEndKey } from '../../../lib/core/register/exception-keys.ts';

const DIGEST = `sha256:${'a'.repeat(64)}` as const;
const ID = 'EX-01KAXJ0000ABCDEFGHJKMNPQRS';

describe('the partition of what a scope covers', () => {
  it('is one for each kind of images', () => {
    const kinds = [
      { asset: 'shop' },
      { repository: 'team/*' },
      { digest: DIGEST },
      { base: DIGEST, name: 'debian:12' },
    ];
    expect(new Set(kinds.map(coversPartition)).size).toBe(kinds.length);
  });

  it('is the same for every pattern, since nobody can ask by one', () => {
    expect(coversPartition({ repository: 'team/*' })).toBe(coversPartition({ repository: 'other/**' }));
  });
});

describe('keys', () => {
  it('order the grants of one exception', () => {
    const rows = [1, 2, 10].map((revision) => coversKey({ asset: 'shop' }, ID, revision).sk);
    expect([...rows].sort()).toEqual(rows);
  });

  it('order ends by time', () => {
    const earlier = exceptionEndKey('2026-12-31T23:00:00.000Z', 'EX-B');
    expect(earlier.sk < exceptionEndKey('2027-01-01T00:00:00.000Z', 'EX-A').sk).toBe(true);
  });
});
