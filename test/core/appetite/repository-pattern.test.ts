import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { namesRepository, overlap, weightOf } from '../../../lib/core/appetite/repository-pattern.ts';

describe('namesRepository', () => {
  it.each<{ pattern: string; names: readonly string[]; not: readonly string[] }>`
    pattern         | names                                 | not
    ${'team/app'}   | ${['team/app']}                       | ${['team', 'team/app2', 'team/app/x', 'a/team/app']}
    ${'team/*'}     | ${['team/app', 'team/a']}             | ${['team', 'team/app/x', 'team2/app']}
    ${'team/**'}    | ${['team', 'team/app', 'team/app/x']} | ${['team2', 'a/team']}
    ${'team/app-*'} | ${['team/app-', 'team/app-x']}        | ${['team/app', 'team/app-x/y']}
    ${'*-db'}       | ${['-db', 'a-db', 'a-db-db']}         | ${['a-db2', 'a/b-db']}
    ${'a*b*c'}      | ${['abc', 'aXbYc', 'abbc']}           | ${['ac', 'acb', 'abcd']}
    ${'**/app'}     | ${['app', 'a/app', 'a/b/app']}        | ${['app/a', 'xapp']}
    ${'a/**/z'}     | ${['a/z', 'a/b/z', 'a/b/c/z']}        | ${['a', 'a/b', 'z']}
    ${'**'}         | ${['a', 'a/b/c']}                     | ${[]}
    ${'*'}          | ${['a']}                              | ${['a/b']}
  `('reads $pattern', ({ pattern, names, not }) => {
    expect(names.filter((name) => !namesRepository(pattern, name))).toEqual([]);
    expect(not.filter((name) => namesRepository(pattern, name))).toEqual([]);
  });

  it('is not made slow by a pattern', () => {
    const pattern = Array.from({ length: 60 }, () => '**/*a*').join('/');

    expect(namesRepository(pattern, `${'a/'.repeat(100)}b`)).toBe(false);
  });
});

describe('overlap', () => {
  it.each<{ a: string; b: string; same: boolean }>`
    a            | b            | same
    ${'team/*'}  | ${'*/app'}   | ${true}
    ${'team/a*'} | ${'team/*b'} | ${true}
    ${'team/a*'} | ${'team/b*'} | ${false}
    ${'a/**'}    | ${'**/z'}    | ${true}
    ${'a/**'}    | ${'b/**'}    | ${false}
    ${'a/*'}     | ${'a/*/*'}   | ${false}
    ${'a/**/b'}  | ${'a/*'}     | ${true}
    ${'**'}      | ${'*'}       | ${true}
    ${'a*'}      | ${'*b*'}     | ${true}
  `('says $same of $a and $b', ({ a, b, same }) => {
    expect(overlap(a, b)).toBe(same);
    expect(overlap(b, a)).toBe(same);
  });

  it('holds where a repository is named by both', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '*'), minLength: 1, maxLength: 3 });
    const pattern = fc.array(
      fc.oneof(
        part.map((text) => text.replaceAll('**', '*')),
        fc.constant('**'),
      ),
      { minLength: 1, maxLength: 3 },
    );
    const name = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(pattern, pattern, name, (a, b, repository) => {
        const [one, other, of] = [a.join('/'), b.join('/'), repository.join('/')];
        const both = namesRepository(one, of) && namesRepository(other, of);
        expect(both && !overlap(one, other)).toBe(false);
        expect(overlap(one, one)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('weightOf', () => {
  it('puts a plain name first, then what says more', () => {
    const inOrder = ['a', 'team/app*', 'team/**', 'team*', '*/x', '**', '*'];

    expect([...inOrder].sort((a, b) => weightOf(b) - weightOf(a))).toEqual(inOrder);
  });
});
