import { describe, expect, it } from '@jest/globals';

import { exitCodeOf } from '../../lib/cli/exit-codes.ts';

const go = { verdict: 'go', blocking: false } as const;
const noGo = { verdict: 'no-go', blocking: true } as const;
const unknown = { verdict: 'unknown', blocking: true } as const;

describe('exitCodeOf', () => {
  it.each([
    ['a go', [go], 0],
    ['a no-go', [noGo], 1],
    ['an unknown', [unknown], 2],
    ['a no-go before an unknown', [go, unknown, noGo], 1],
    ['an unknown before a go', [go, unknown], 2],
    ['a no-go that only observes', [{ ...noGo, blocking: false }], 0],
    ['an unknown that only observes, beside a no-go that blocks', [{ ...unknown, blocking: false }, noGo], 1],
    ['no answer at all', [], 2],
  ])('answers %s', (_, answers, code) => {
    expect(exitCodeOf(answers)).toBe(code);
  });
});
