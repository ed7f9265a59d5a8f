import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { HeldRow } from '../../../lib/core/notices/held-notice.ts';
import { heldRoundUp, MOST_LETTERS, quotable } from '../../../lib/core/notices/held-round-up.ts';
import { NEXT, sectionOf, step } from '../../../lib/core/notices/letter.ts';
import { readLetter } from '../../../lib/core/notices/letter-schema.ts';
import { aDigest } from '../../support/assessments.ts';
import { aLetter } from '../../support/notices.ts';

function aRow(id: string, said: Partial<HeldRow> = {}): HeldRow {
  return {
    ...{ id, at: '2026-11-25T10:00:00.000Z', kind: 'review-due', subject: `[Cavendish] Review: ${id}` },
    ...{ reader: 'ann', urgent: false, assessment: null, entry: null, letter: aDigest(id), box: 1 },
    ...said,
  };
}

function aVerdict(id: string, verdict: 'go' | 'no-go' | 'unknown'): HeldRow {
  const at = '2026-11-25T10:07:00.000Z';
  const entry = { id, at, name: id, verdict, blocking: true, vulnerabilities: 3, line: `${id} for production` };
  return aRow(id, { at, kind: 'verdict-changed', entry, letter: null, assessment: aDigest(id) });
}

const box = { to: { key: 'ann', name: 'ann' }, box: 1, at: '2026-11-25T11:00:00.000Z' };
const rows = [
  aRow('EX-1'),
  aRow('EX-2', { kind: 'exception-ending', urgent: true, subject: '[Cavendish] The exception ends today: EX-2' }),
  aVerdict('shop/cart:1.0', 'no-go'),
  aVerdict('shop/pay:1.0', 'go'),
];
const letters = new Map([
  [
    'EX-1',
    aLetter({
      headline: 'THE REVIEW IS DUE  EX-1',
      under: ['by 2026-12-01'],
      sections: sectionOf(NEXT, [step('still needed', 'cavendish exception review EX-1 --still-needed')]),
    }),
  ],
]);

describe('the round-up of what was held back', () => {
  it('names what goes first, then verdicts, then the rest, and quotes what is no verdict', () => {
    const { subject, text, letter } = heldRoundUp({ ...box, rows, letters });

    expect(subject).toBe(
      '[Cavendish] 4 notices held back: 1 first of all, 2 verdicts (1 no-go, 1 go), 1 of other kinds',
    );
    expect(letter.tone).toBe('bad');
    expect(`\n${text}`).toBe(`
4 NOTICES HELD BACK  1 first of all, 2 verdicts (1 no-go, 1 go), 1 of other
kinds
of 2026-11-25 10:00 UTC to 2026-11-25 10:07 UTC; an hour has room for only
so many messages

First of all (1)
  * The exception ends today: EX-2

No-go (1)
  * shop/cart:1.0 for production

Go (1)
  * shop/pay:1.0 for production

Of other kinds (1)
  * Review: EX-1

What to do next
  * the board, the worst first: cavendish images
  * what comes due, and when: cavendish reminders list

THE REVIEW IS DUE  EX-1
  by 2026-12-01

What to do next
  * still needed: cavendish exception review EX-1 --still-needed
`);
  });

  it('counts all of them, whatever it shows, and is the same in whatever order they come', () => {
    const some = fc.array(fc.constantFrom('no-go', 'go', 'unknown', 'first', 'other'), {
      minLength: 1,
      maxLength: 150,
    });
    fc.assert(
      fc.property(some, (kinds) => {
        const all = kinds.map((kind, place) => {
          const id = `n${String(place)}`;
          return kind === 'first' || kind === 'other' ? aRow(id, { urgent: kind === 'first' }) : aVerdict(id, kind);
        });
        const one = heldRoundUp({ ...box, rows: all, letters: new Map() });
        expect(heldRoundUp({ ...box, rows: all.toReversed(), letters: new Map() })).toEqual(one);
        const counts = [...one.text.matchAll(/^[A-Z][a-z -]+ \((\d+)\)$/gmu)].map(([, count]) => Number(count));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all.length);
        expect(one.subject).toMatch(new RegExp(`^\\[Cavendish\\] ${String(all.length)} notices? held back: `, 'u'));
      }),
      { numRuns: 50 },
    );
  });

  it('quotes the first of them whole, what goes first before the rest', () => {
    const many = Array.from({ length: 50 }, (_, place) =>
      aRow(`n${String(place).padStart(2, '0')}`, { urgent: place > 45 }),
    );

    expect(quotable([...many, ...rows.slice(2)]).map(({ id }) => id)).toEqual(
      [46, 47, 48, 49, ...Array(MOST_LETTERS - 4).keys()].map((place) => `n${String(place).padStart(2, '0')}`),
    );
  });

  it('has letters back as they were put', () => {
    const letter = letters.get('EX-1')!;
    expect(readLetter(JSON.stringify(letter))).toEqual(letter);
  });
});
