/** What is kept of reminders: where a ladder stands, what was told, and by what a reminder is known. */
import { describe, expect, it } from '@jest/globals';

import type { Dated } from '../../../lib/core/reminders/dated.ts';
import { reminderId } from '../../../lib/core/reminders/reminder-id.ts';
import {
  owedRung,
  readReminderState,
  type ReminderState,
  settledState,
} from '../../../lib/core/reminders/reminder-state.ts';
import { readTold } from '../../../lib/core/reminders/told.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { REMINDER_POLICY } from '../../support/appetites.ts';
import { aDated } from '../../support/notices.ts';

/** Thirty, seven and one day before at nine, then on the day, then each week. */
const POLICY = {
  ...REMINDER_POLICY,
  at: '09:00',
  expiry: { daysBefore: [30, 7, 1], onTheDay: true, thenEveryDays: 7 },
};
const dated: Dated = aDated({ due: endOfDay('2026-12-31', 'UTC'), since: '2026-10-01T08:00:00.000Z' });
const stateOf = (was: ReminderState | null = null, of: Dated | null = dated) => settledState(of, was, POLICY);
const by = { principal: 'laptop:olive', person: 'Olive Owner' };

function state(given: Partial<ReminderState> = {}): ReminderState {
  const fresh = stateOf();
  if (fresh === null) throw new Error('something is owed');
  return { ...fresh, ...given };
}

describe('where a ladder stands', () => {
  it('is before its first rung, since the date was known', () => {
    expect(stateOf()).toEqual({
      ...{ kind: dated.kind, subject: dated.subject, due: dated.due, through: dated.since },
      next: { name: '30', at: '2026-12-01T09:00:00.000Z', overdue: false },
      ...{ acknowledged: null, claimedUntil: null },
    });
  });

  it('stays where it is by what was told, and is never behind the instant at which the date was known', () => {
    const told = state({ through: '2026-12-01T09:00:00.000Z', claimedUntil: '2026-12-01T09:10:00.000Z' });
    expect(stateOf(told)).toMatchObject({
      ...{ through: told.through, claimedUntil: told.claimedUntil },
      next: { name: '7', at: '2026-12-24T09:00:00.000Z' },
    });
    expect(stateOf(state({ through: '2026-01-01T00:00:00.000Z' }))?.through).toBe(dated.since);
  });

  it('begins anew with another date: nothing of it is told or silent', () => {
    const acknowledged = { at: '2026-12-02T00:00:00.000Z', by, until: null, why: null };
    const was = state({ through: '2026-12-24T09:00:00.000Z', acknowledged, claimedUntil: '2026-12-24T09:10:00.000Z' });
    const moved = { ...dated, due: endOfDay('2027-01-31', 'UTC'), since: '2026-12-25T00:00:00.000Z' };
    expect(stateOf(was, moved)).toMatchObject({
      ...{ through: moved.since, acknowledged: null, claimedUntil: was.claimedUntil, due: moved.due },
      next: { name: '30', at: '2027-01-01T09:00:00.000Z' },
    });
  });

  it('is silent for as long as somebody says that they know', () => {
    const known = (until: string | null) => ({ at: '2026-12-02T00:00:00.000Z', by, until, why: 'it is on its way' });
    expect(stateOf(state({ acknowledged: known(null) }))?.next).toBeNull();
    expect(stateOf(state({ acknowledged: known('2026-12-24T09:00:00.000Z') }))?.next?.name).toBe('7');
    expect(stateOf(state({ acknowledged: known('2026-12-24T09:00:00.001Z') }))?.next?.name).toBe('1');
    expect(stateOf(state({ acknowledged: known('2026-09-01T00:00:00.000Z') }))?.next?.name).toBe('30');
  });

  it('owes nothing where there is nothing to be reminded of any more', () => {
    expect(stateOf(null, null)).toBeNull();
    expect(stateOf(state(), null)).toEqual(state({ next: null }));
  });

  it('is read as it was kept, and nothing else is', () => {
    expect(readReminderState({ body: state() })).toEqual(state());
    for (const wrong of [{}, { ...state(), kind: 'birthday' }, { ...state(), through: 'yesterday' }]) {
      expect(() => readReminderState({ body: wrong })).toThrow();
    }
  });
});

describe('what is owed', () => {
  const owed = (at: string, given: Partial<ReminderState> = {}) => {
    const found = owedRung(dated, state(given), POLICY, at);
    return found === null ? null : [found.rung.name, ...found.missed.map(({ name }) => name)];
  };

  it('is nothing before the first rung, and that from its instant on', () => {
    expect(owed('2026-12-01T08:59:59.999Z')).toBeNull();
    expect(owed('2026-12-01T09:00:00.000Z')).toEqual(['30']);
  });

  it('is the last of several that were missed, in the place of the others', () => {
    expect(owed('2027-01-08T00:00:00.000Z')).toEqual(['+7', '30', '7', '1', '0']);
    expect(owed('2026-12-30T12:00:00.000Z')).toEqual(['1', '30', '7']);
  });

  it('is nothing of what was told, or where somebody says that they know', () => {
    expect(owed('2026-12-01T09:00:00.000Z', { through: '2026-12-01T09:00:00.000Z' })).toBeNull();
    const acknowledged = { at: '2026-10-02T00:00:00.000Z', by, until: null, why: null };
    expect(owed('2027-06-01T00:00:00.000Z', { acknowledged })).toBeNull();
  });
});

describe('a reminder', () => {
  it('is the same for one date, rung and reader, and another for another of each', () => {
    const idOf = (given: Partial<Dated> = {}, name = '7', reader = 'Olive Owner') =>
      reminderId({ ...dated, ...given }, { name }, reader);
    expect(idOf()).toMatch(/^[0-9a-f]{64}$/u);
    expect(idOf({ title: 'in other words' })).toBe(idOf());
    const others = [
      idOf({ kind: 'review' }),
      idOf({ subject: 'EX-2' }),
      idOf({ due: endOfDay('2027-01-31', 'UTC') }),
      idOf({}, '1'),
      idOf({}, '7', 'Ada Approver'),
    ];
    expect(new Set([idOf(), ...others]).size).toBe(6);
  });

  it('that was told is read as it was kept, and nothing else is', () => {
    const told = {
      ...{ rung: '7', due: '2026-12-24T09:00:00.000Z', at: '2026-12-24T09:00:05.000Z', to: 'Olive Owner' },
      ...{ address: null, how: 'told', messageId: null, subscription: 'confirmed' },
    };
    expect(readTold({ body: told })).toEqual(told);
    for (const wrong of [{}, { ...told, how: 'guessed' }, { ...told, subscription: 'perhaps' }]) {
      expect(() => readTold({ body: wrong })).toThrow();
    }
  });
});
