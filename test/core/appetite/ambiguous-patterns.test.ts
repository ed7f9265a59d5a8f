import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { ambiguousPatterns } from '../../../lib/core/appetite/ambiguous-patterns.ts';
import { overlap, weightOf } from '../../../lib/core/appetite/repository-pattern.ts';

function owned(...patterns: readonly string[]) {
  return patterns.map((pattern, asset) => ({ asset, pattern }));
}

describe('ambiguousPatterns', () => {
  it.each<{ patterns: readonly string[]; pairs: readonly string[][] }>`
    why                                 | patterns                    | pairs
    ${'the same twice'}                 | ${['team/app', 'team/app']} | ${[['team/app', 'team/app']]}
    ${'as specific, and overlapping'}   | ${['team/*', '*/team']}     | ${[['*/team', 'team/*']]}
    ${'as specific, and apart'}         | ${['tea/*', 'ten/*']}       | ${[]}
    ${'overlapping, the first more so'} | ${['team/app*', 'team/*']}  | ${[]}
    ${'a plain name beside a pattern'}  | ${['team/app', 'team/ap*']} | ${[]}
    ${'all and any'}                    | ${['*', '**']}              | ${[['*', '**']]}
  `('finds $why', ({ patterns, pairs }) => {
    expect(ambiguousPatterns(owned(...patterns)).map(([a, b]) => [a.pattern, b.pattern])).toEqual(pairs);
  });

  it('lets one asset say the same twice', () => {
    expect(
      ambiguousPatterns([
        { asset: 1, pattern: 'a/*' },
        { asset: 1, pattern: 'a/*' },
      ]),
    ).toEqual([]);
  });

  it('misses none', () => {
    const pattern = fc
      .array(
        fc.oneof(
          fc
            .string({ unit: fc.constantFrom('a', 'b', '*'), minLength: 1, maxLength: 3 })
            .map((text) => text.replaceAll(/\*+/gu, '*')),
          fc.constant('**'),
        ),
        {
          minLength: 1,
          maxLength: 3,
        },
      )
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 6 }), (patterns) => {
        const any = patterns.some((a, i) =>
          patterns.slice(0, i).some((b) => weightOf(a) === weightOf(b) && overlap(a, b)),
        );
        expect(ambiguousPatterns(owned(...patterns)).length > 0).toBe(any);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['team-####/*', '*/team-####', '**/team-####', '*/team-####/**', 'team-*/app-####-*'])(
    'reads thousands like %s in no time',
    (pattern) => {
      const patterns = Array.from({ length: 1000 }, (_, index) =>
        pattern.replace('####', String(index).padStart(4, '0')),
      );

      expect(ambiguousPatterns(owned(...patterns))).toEqual([]);
    },
  );
});
