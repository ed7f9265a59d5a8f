import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type Changed, changed, foldChanges, readChange, type Told } from '../../../lib/core/risks/change.ts';
import type { Risk } from '../../../lib/core/risks/risk.ts';
import { aRisk } from '../../support/risks.ts';

const BY = { principal: 'laptop:ada', person: 'Ada Lovelace' };
const first = aRisk();

function told(at: string, given: Partial<Told> = {}): Told {
  return { at, what: 'assigned', by: BY, why: 'she knows perl', ...given };
}

const opening = changed(null, first, told('2026-11-01T08:00:00.000Z', { what: 'opened', by: null, why: null }));

describe('a change of a risk', () => {
  it('says what became different and nothing else, who did it, when and why', () => {
    const { risk, change } = changed(
      opening.risk,
      { ...opening.risk, owner: 'Olive Owner' },
      told('2026-11-02T00:00:00.000Z'),
    );

    expect(risk).toEqual({ ...first, owner: 'Olive Owner', changedAt: '2026-11-02T00:00:00.000Z', changes: 2 });
    expect(change).toEqual({
      ...told('2026-11-02T00:00:00.000Z'),
      set: { owner: 'Olive Owner', changedAt: '2026-11-02T00:00:00.000Z', changes: 2 },
      whole: null,
    });
  });

  it('knows a list or figures that say the same for the same', () => {
    const same = { ...opening.risk, scores: { ...opening.risk.scores }, stages: [...opening.risk.stages] };
    const { change } = changed(opening.risk, same, told('2026-11-02T00:00:00.000Z'));
    expect(Object.keys(change.set)).toEqual(['changedAt', 'changes']);
  });

  it('holds the whole state where it is the first, and where it is the first of its month (UTC)', () => {
    expect(opening).toEqual({
      risk: { ...first, changedAt: '2026-11-01T08:00:00.000Z', changes: 1 },
      change: {
        ...{ at: '2026-11-01T08:00:00.000Z', what: 'opened', by: null, why: null, set: {} },
        whole: opening.risk,
      },
    });
    const wholeAt = (at: string): Risk | null => changed(opening.risk, opening.risk, told(at)).change.whole;
    expect(wholeAt('2026-11-30T23:59:59.999Z')).toBeNull();
    expect(wholeAt('2026-12-01T00:00:00.000Z')).toMatchObject({ id: first.id, changes: 2 });
    expect(wholeAt('2027-11-01T00:00:00.000Z')).toMatchObject({ id: first.id, changes: 2 });
  });

  it('is never recorded as earlier than the one before it, whatever a clock says', () => {
    const { risk, change } = changed(opening.risk, opening.risk, told('2026-10-31T00:00:00.000Z'));
    expect([risk.changedAt, change.at, change.whole]).toEqual([opening.risk.changedAt, opening.risk.changedAt, null]);
  });

  it('is read as it was kept, and nothing else is', () => {
    expect(readChange({ body: opening.change })).toEqual(opening.change);
    expect(() => readChange({ body: { ...opening.change, what: 'forgotten' } })).toThrow();
  });
});

describe('the state that changes come to', () => {
  it('is that of the last change, folded from any whole state', () => {
    const step = fc.record({
      owner: fc.constantFrom('Olive', 'Ada', null),
      controls: fc.constantFrom(['waf'], []),
      days: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        let at = Date.parse(opening.risk.changedAt);
        const history: Changed[] = [opening];
        for (const { owner, controls, days } of steps) {
          at += days * 86_400_000;
          const before = history.at(-1)?.risk ?? opening.risk;
          history.push(changed(before, { ...before, owner, controls }, told(new Date(at).toISOString())));
        }
        const newestFirst = history.map(({ change }) => change).reverse();
        expect(foldChanges(newestFirst)).toEqual(history.at(-1)?.risk);
        // What is before the last whole state is not needed.
        const needed = newestFirst.slice(0, newestFirst.findIndex(({ whole }) => whole !== null) + 1);
        expect(foldChanges(needed)).toEqual(history.at(-1)?.risk);
      }),
    );
  });

  it('is none where there was no risk yet, or where no whole state is among them', () => {
    expect(foldChanges([])).toBeNull();
    expect(foldChanges([{ ...opening.change, whole: null }])).toBeNull();
  });
});
