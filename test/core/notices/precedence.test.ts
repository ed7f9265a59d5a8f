import { describe, expect, it } from '@jest/globals';

import { goesFirst } from '../../../lib/core/notices/precedence.ts';
import { endOfDay, parseEnd } from '../../../lib/core/time/end.ts';

const rest = { kind: 'expiry', subject: 'EX-1', title: 'an exception', detail: null, answers: [] } as const;

describe('what goes first', () => {
  it.each([
    ['exploited', true],
    ['subscription-lost', true],
    ['verdict-changed', false],
    ['judged-again', false],
    ['round-up', false],
  ] as const)('%s: %s', (kind, first) => {
    expect(goesFirst({ kind, at: '2026-11-25T08:00:00.000Z', dates: [] })).toBe(first);
  });

  it.each([
    // The day is that of the zone in which it was meant.
    ['2026-11-24T23:30:00.000Z', endOfDay('2026-11-25', 'Europe/Berlin'), true],
    ['2026-11-24T22:30:00.000Z', endOfDay('2026-11-25', 'Europe/Berlin'), false],
    ['2026-11-25T22:30:00.000Z', endOfDay('2026-11-25', 'Europe/Berlin'), true],
    ['2026-11-26T08:00:00.000Z', endOfDay('2026-11-25', 'Europe/Berlin'), false],
    ['2026-11-25T08:00:00.000Z', parseEnd('2026-11-25T12:00Z', 'UTC'), true],
    ['2026-11-18T08:00:00.000Z', parseEnd('2026-11-25T12:00Z', 'UTC'), false],
  ])('a reminder of %s, due %o: %s', (at, due, first) => {
    expect(goesFirst({ kind: 'exception-ending', at, dates: [{ ...rest, due }] })).toBe(first);
  });
});
