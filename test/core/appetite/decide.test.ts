import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { decide } from '../../../lib/core/appetite/decide.ts';
import type { Reason } from '../../../lib/core/register/assessment.ts';
import { type Gap, GAP_KINDS, type GapKind } from '../../../lib/core/sbom/gap.ts';
import { aPolicy } from '../../support/appetites.ts';
import { aReason } from '../../support/assessments.ts';

const KINDS = Object.keys(GAP_KINDS) as GapKind[];

function aGap(overrides: Partial<Gap> = {}): Gap {
  return {
    kind: 'unread-ecosystem',
    subject: 'npm',
    message: 'npm packages are present and were not read',
    ...overrides,
  };
}

const gaps = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), subject: fc.constantFrom('npm', 'perl', 'kev'), message: fc.string() }),
  { minLength: 1 },
);
const reasons = fc.array(fc.constant(aReason()), { maxLength: 3 });
const tolerate = fc.array(
  fc.oneof(
    fc.constantFrom<string>(...KINDS),
    fc.constantFrom(...KINDS).map((kind) => `${kind}:npm`),
  ),
);
const mode = fc.constantFrom('enforce' as const, 'observe' as const);

describe('decide', () => {
  it.each<{ reasons: readonly Reason[]; gaps: readonly Gap[]; tolerate: readonly string[]; verdict: string }>`
    why                                      | reasons        | gaps        | tolerate                    | verdict
    ${'nothing breaks it and nothing lacks'} | ${[]}          | ${[]}       | ${[]}                       | ${'go'}
    ${'a criterion is broken'}               | ${[aReason()]} | ${[]}       | ${[]}                       | ${'no-go'}
    ${'something is not known'}              | ${[]}          | ${[aGap()]} | ${[]}                       | ${'unknown'}
    ${'a breach stands beside a gap'}        | ${[aReason()]} | ${[aGap()]} | ${[]}                       | ${'no-go'}
    ${'the kind of gap is tolerated'}        | ${[]}          | ${[aGap()]} | ${['unread-ecosystem']}     | ${'go'}
    ${'this very gap is tolerated'}          | ${[]}          | ${[aGap()]} | ${['unread-ecosystem:npm']} | ${'go'}
    ${'another gap is tolerated'}            | ${[]}          | ${[aGap()]} | ${['unread-ecosystem:gem']} | ${'unknown'}
  `('answers $verdict when $why', ({ reasons: broken, gaps: found, tolerate: names, verdict }) => {
    expect(decide(broken, found, aPolicy({ tolerate: names })).verdict).toBe(verdict);
  });

  it('lists what it tolerates', () => {
    const policy = aPolicy({ tolerate: ['unread-ecosystem:npm'] });
    const other = aGap({ subject: 'gem' });

    expect(decide([], [aGap(), other], policy).gaps).toEqual([
      { ...aGap(), tolerated: true },
      { ...other, tolerated: false },
    ]);
  });

  it.each(KINDS.filter((kind) => !GAP_KINDS[kind].tolerable))('tolerates %s for nobody', (kind) => {
    const gap = aGap({ kind });

    expect(decide([], [gap], aPolicy({ tolerate: [kind, `${kind}:npm`] }))).toMatchObject({
      verdict: 'unknown',
      gaps: [{ tolerated: false }],
    });
  });

  it.each<{
    mode: 'enforce' | 'observe';
    reasons: readonly Reason[];
    gaps: readonly Gap[];
    verdict: string;
    blocking: boolean;
  }>`
    mode         | reasons        | gaps        | verdict      | blocking
    ${'enforce'} | ${[]}          | ${[]}       | ${'go'}      | ${false}
    ${'enforce'} | ${[aReason()]} | ${[]}       | ${'no-go'}   | ${true}
    ${'enforce'} | ${[]}          | ${[aGap()]} | ${'unknown'} | ${true}
    ${'observe'} | ${[aReason()]} | ${[]}       | ${'no-go'}   | ${false}
    ${'observe'} | ${[]}          | ${[aGap()]} | ${'unknown'} | ${false}
  `(
    'in mode $mode a $verdict has blocking $blocking',
    ({ mode: given, reasons: broken, gaps: found, verdict, blocking }) => {
      expect(decide(broken, found, aPolicy({ mode: given }))).toMatchObject({ verdict, blocking });
    },
  );

  it('never answers go while something is not known and not tolerated', () => {
    fc.assert(
      fc.property(reasons, gaps, tolerate, mode, (broken, found, names, given) => {
        const decided = decide(broken, found, aPolicy({ tolerate: names, mode: given }));
        const standing = decided.gaps.some(({ tolerated }) => !tolerated);
        expect(decided.verdict === 'go').toBe(!standing && broken.length === 0);
      }),
    );
  });

  it('lets every known breach stand, whatever else is missing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constant(aReason()), { minLength: 1 }),
        gaps,
        tolerate,
        mode,
        (broken, found, names, given) => {
          const decided = decide(broken, found, aPolicy({ tolerate: names, mode: given }));
          expect(decided.verdict).toBe('no-go');
          expect(decided.reasons).toEqual(broken);
          expect(decided.gaps).toHaveLength(found.length);
        },
      ),
    );
  });
});
