import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { LONGEST_VERSION, order, orderFrom } from '../../../lib/core/versions/order.ts';
import { isUnparsable } from '../../../lib/core/versions/version.ts';

/** What the versions of all ecosystems are made of, few enough that they often share their beginnings. */
const PARTS = (
  '0 1 2 00 01 10 . . . - - + _ ~ ^ : ! a b m r p x v alpha beta rc cr pre preview dev post sp ga final snapshot git ' +
  'svn patch RC Beta -r0 -r1 deadbeef el9 é'
).split(' ');

const texts = fc
  .tuple(
    fc.constantFrom('', '0', '1', '1.', '1:', '1.2', '1.2.3', 'v'),
    fc.array(fc.constantFrom(...PARTS), { maxLength: 5 }),
  )
  .map(([head, parts]) => `${head}${parts.join('')}`);

function compare(ecosystem: string, a: string, b: string): number {
  const answer = order(ecosystem, a, b);
  if (isUnparsable(answer)) throw new Error(`${a}, ${b}: ${answer.why}`);
  return answer.order;
}

/** One of each order. */
const ECOSYSTEMS = 'Debian Alpine SUSE npm NuGet Pub PyPI Maven RubyGems Packagist'.split(' ');

describe.each(ECOSYSTEMS)('the order of %s', (ecosystem) => {
  const isVersion = (text: string): boolean => typeof orderFrom(ecosystem, text) === 'function';

  it('is total: what is sorted stands so pair by pair, back the other way, and equals stand equally to all', () => {
    let pairs = 0;
    const wrong: string[] = [];
    fc.assert(
      fc.property(fc.array(texts, { minLength: 30, maxLength: 30 }), (all) => {
        const sorted = all.filter(isVersion).sort((a, b) => compare(ecosystem, a, b));
        for (const [i, a] of sorted.entries()) {
          let sofar = 0;
          for (const [k, b] of sorted.slice(i).entries()) {
            if (k > 0) sofar = Math.min(sofar, compare(ecosystem, sorted[i + k - 1] ?? a, b));
            if (compare(ecosystem, a, b) !== sofar || compare(ecosystem, b, a) !== 0 - sofar) wrong.push(`${a} ${b}`);
            pairs += 1;
          }
        }
      }),
      { numRuns: 25 },
    );
    expect(wrong).toEqual([]);
    expect(pairs).toBeGreaterThan(300);
  });

  it('takes no heed of space around a version', () => {
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(isVersion(text));
        expect(compare(ecosystem, text, ` ${text}\n`)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('answers whatever it is asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const answer = order(ecosystem, a, b);
        if (isUnparsable(answer)) expect(answer.why).not.toBe('');
        else expect([-1, 0, 1]).toContain(answer.order);
      }),
      { numRuns: 100 },
    );
  });

  it.each(['1', '1.', '1-', 'a1', '1a.', '.0', '-0', '_p', '~', '^', '1_', '-r', '.-', 'rc', '01.', '1+'])(
    'is not led astray by %j, again and again',
    (part) => {
      const head = `1${part.repeat(LONGEST_VERSION / part.length)}`.slice(0, LONGEST_VERSION - 1);
      for (const [a, b] of [
        [`${head}a`, `${head}b`],
        [head, `${head}!`],
      ] as const) {
        const answer = order(ecosystem, a, b);
        expect(isUnparsable(answer) || [-1, 0, 1].includes(answer.order)).toBe(true);
      }
    },
  );

  it('refuses megabytes, and does not repeat them', () => {
    const long = '1.'.repeat(2_000_000);
    for (const answer of [order(ecosystem, long, '1'), order(ecosystem, '1', long)]) {
      expect(answer).toEqual({ unparsable: `${long.slice(0, 64)}…`, why: 'it is longer than 1024 characters' });
    }
  });
});
