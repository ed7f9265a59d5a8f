import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { planTimers, timerName, timerOf, type WantedTimer } from '../../../lib/core/reminders/timer-plan.ts';

const NOW = '2027-03-01T08:00:00.000Z';
const LADDER = { kind: 'review', subject: 'EX-01J00000000000000000000000' } as const;

function aState(at: string | null) {
  return { ...LADDER, due: { zone: 'Europe/Berlin' }, next: at === null ? null : { at } };
}

describe('the name of a timer', () => {
  it('is what EventBridge Scheduler takes, whatever the subject is', () => {
    fc.assert(
      fc.property(fc.string(), fc.date({ noInvalidDate: true, min: new Date(0) }), (subject, at) => {
        expect(timerName({ kind: 'risk', subject }, at.toISOString())).toMatch(/^[\w.-]{1,64}$/u);
      }),
    );
  });

  it('is another one for another rung, ladder or kind', () => {
    const names = [
      timerName(LADDER, '2027-03-02T08:00:00.000Z'),
      timerName(LADDER, '2027-03-02T08:00:01.000Z'),
      timerName({ ...LADDER, kind: 'expiry' }, '2027-03-02T08:00:00.000Z'),
      timerName({ ...LADDER, subject: 'EX-01J00000000000000000000001' }, '2027-03-02T08:00:00.000Z'),
    ];
    expect(new Set(names).size).toBe(4);
    expect(names[0]).toMatch(/^r-[0-9a-f]{32}-20270302T080000000Z$/u);
  });
});

describe('the timer of a ladder', () => {
  it('brings the name of the ladder at its next rung, in its zone', () => {
    const at = '2027-03-02T08:00:00.000Z';
    const expected = { name: timerName(LADDER, at), at, zone: 'Europe/Berlin', message: LADDER };
    expect(timerOf(aState(at), NOW)).toEqual(expected);
  });

  it('waits for what is left of a second, so that it never comes too early', () => {
    expect(timerOf(aState('2027-03-02T08:00:00.001Z'), NOW)?.at).toBe('2027-03-02T08:00:01.000Z');
  });

  it.each([
    ['nothing is owed any more', null],
    ['it is owed by now', NOW],
    ['it was owed long ago', '2027-02-01T08:00:00.000Z'],
  ])('is none where %s', (_, at) => {
    expect(timerOf(aState(at), NOW)).toBeNull();
  });
});

describe('the plan for timers', () => {
  const wanted = (day: number): WantedTimer => {
    const at = `2027-03-${String(day).padStart(2, '0')}T08:00:00.000Z`;
    return { name: timerName(LADDER, at), at, zone: 'UTC', message: LADDER };
  };
  const [kept, missing, wrong, moved, surplus] = [10, 11, 12, 13, 14].map(wanted) as [
    ...[WantedTimer, WantedTimer, WantedTimer, WantedTimer, WantedTimer],
  ];

  it('puts what is missing and what is not as it should be, and removes what is surplus', () => {
    const found = [kept, { ...wrong, at: null }, { ...moved, at: surplus.at }, surplus, { name: 'not-ours', at: null }];

    expect(planTimers([kept, missing, wrong, moved], found)).toEqual({
      put: [missing, wrong, moved],
      remove: [surplus.name, 'not-ours'],
    });
  });

  it('leaves nothing to do once it is done, whatever was there', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 31 }));
    const found = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 1, max: 31 }), fc.option(fc.constant<string>('2027-04-01'))),
      {
        selector: ([day]) => day,
      },
    );
    fc.assert(
      fc.property(days, found, (wantedDays, foundDays) => {
        const all = wantedDays.map(wanted);
        const there = new Map(foundDays.map(([day, at]) => [wanted(day).name, at]));
        const plan = planTimers(
          all,
          [...there].map(([name, at]) => ({ name, at })),
        );
        for (const name of plan.remove) there.delete(name);
        for (const { name, at } of plan.put) there.set(name, at);

        expect(there).toEqual(new Map(all.map(({ name, at }) => [name, at])));
        expect(
          planTimers(
            all,
            [...there].map(([name, at]) => ({ name, at })),
          ),
        ).toEqual({ put: [], remove: [] });
      }),
    );
  });
});
