/** A sweep of reminders tells what nothing brought, and makes timers right. On every register. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { endOfDay } from '../../../lib/core/time/end.ts';
import { lookDaily } from '../../../lib/pipeline/reminders/look-daily.ts';
import { repairTimers } from '../../../lib/pipeline/reminders/repair-timers.ts';
import { sweepReminders } from '../../../lib/pipeline/reminders/sweep-reminders.ts';
import { aDated, aRemindingHome } from '../../support/reminding.ts';

const GRANTED = '2027-01-01T00:00:00.000Z';
/** Thirty days before the end that `aDated` has. */
const FIRST_RUNG = '2027-05-31T09:00:00.000Z';
import type { OpensRegister } from './opens-register.ts';

export function sweeps(open: OpensRegister): void {
  let home: ReturnType<typeof aRemindingHome>;
  let timers: NonNullable<typeof home.reminding.timers>;
  beforeEach(async () => {
    home = aRemindingHome(await open());
    if (home.reminding.timers === null) throw new Error('a home with timers is meant');
    timers = home.reminding.timers;
  });

  const sweep = (at: string) => sweepReminders(new Date(at), { ...home.reminding, timers });
  const instants = () => [...home.timers.values()].map(({ at }) => at).sort();

  describe('a sweep of reminders', () => {
    it('tells what no timer brought, once, and sets the next timer', async () => {
      await home.put(aDated(), GRANTED);
      await sweep(GRANTED);
      home.timers.clear();

      expect(await sweep(FIRST_RUNG)).toMatchObject({ remindersSent: 1, remindersUnreachable: 0 });
      expect(await sweep('2027-05-31T09:15:00.000Z')).toMatchObject({ remindersSent: 0 });
      expect(home.take()).toHaveLength(2);
      expect(instants()).toEqual(['2027-06-16T09:00:00.000Z']);
    });

    it('makes timers right once a day: missing, surplus and wrong ones', async () => {
      for (const [subject, day] of [
        ['EX-A', '2027-07-01'],
        ['EX-B', '2027-07-02'],
        ['EX-C', '2027-07-03'],
      ] as const) {
        await home.put(aDated({ subject, due: endOfDay(day, 'UTC') }), GRANTED);
      }
      expect(await sweep('2027-01-02T00:00:00.000Z')).toMatchObject({ timersRepaired: 0 });
      const right = instants();
      const [missing = '', wrong = ''] = home.timers.keys();
      home.timers.delete(missing);
      home.timers.set(wrong, { name: wrong, at: '2029-01-01T00:00:00.000Z' });
      home.timers.set('left-over', { name: 'left-over', at: '2028-01-01T00:00:00.000Z' });

      expect(await sweep('2027-01-02T23:59:00.000Z')).toMatchObject({ timersRepaired: 0 });
      expect(await sweep('2027-01-03T00:00:00.000Z')).toMatchObject({ timersRepaired: 3, remindersSent: 0 });
      expect(instants()).toEqual(right);
      expect(home.timers.has('left-over')).toBe(false);
    });

    it('leaves what is past to itself: no timer is set for it', async () => {
      await home.put(aDated(), GRANTED);
      home.faults.unreachable.add('Amir Approver');
      expect(await sweep(FIRST_RUNG)).toMatchObject({ remindersSent: 0, remindersUnreachable: 1, timersRepaired: 0 });
      expect(instants()).toEqual([]);
      expect(home.operator).toHaveLength(1);

      home.faults.unreachable.clear();
      expect(await sweep('2027-05-31T09:15:00.000Z')).toMatchObject({ remindersSent: 1, remindersUnreachable: 0 });
      expect(home.take()).toHaveLength(2);
      expect(home.operator).toHaveLength(1);
    });

    it('fails where a channel refuses, once everybody else is told, and does its day again', async () => {
      await home.put(aDated(), GRANTED);
      home.faults.refused.add('Amir Approver');
      await expect(sweep(FIRST_RUNG)).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('the channel refused what was for Amir Approver'),
      });
      expect(home.take()).toEqual([expect.stringContaining('→ Olive Owner')]);

      home.faults.refused.clear();
      home.timers.set('left-over', { name: 'left-over', at: '2028-01-01T00:00:00.000Z' });
      expect(await sweep('2027-05-31T09:15:00.000Z')).toMatchObject({ remindersSent: 1, timersRepaired: 1 });
      expect(home.take()).toEqual([expect.stringContaining('→ Amir Approver')]);
    });

    it('is not disturbed where another is at telling the same', async () => {
      await home.put(aDated(), GRANTED);
      const both = await Promise.all([sweep(FIRST_RUNG), sweep(FIRST_RUNG)]);

      expect(both.reduce((sum, { remindersSent }) => sum + remindersSent, 0)).toBe(1);
      expect(home.take()).toHaveLength(2);
    });
  });

  describe('the look at all there is', () => {
    const look = (at: string) => lookDaily(new Date(at), home.reminding);

    it('is taken once a day, also by a home that is started again, and at once by another appetite', async () => {
      await home.put(aDated(), GRANTED);
      expect(await look('2027-01-02T00:00:00.000Z')).toMatchObject({ timersRepaired: 0 });
      home.timers.clear();
      expect(await look('2027-01-02T23:59:59.000Z')).toMatchObject({ timersRepaired: 0 });
      expect(instants()).toEqual([]);

      const { appetite } = home.reminding;
      Object.assign(home.reminding, { appetite: { ...appetite, reminders: { ...appetite.reminders, at: '10:30' } } });
      expect(await look('2027-01-02T23:59:59.000Z')).toMatchObject({ timersRepaired: 1 });
      expect(instants()).toEqual(['2027-05-31T10:30:00.000Z']);
      expect(await look('2027-01-02T23:59:59.000Z')).toMatchObject({ timersRepaired: 0 });
    });

    it('is taken again where some of it failed', async () => {
      await home.put(aDated(), GRANTED);
      home.faults.refused.add('Amir Approver');
      expect((await look(FIRST_RUNG)).failures).toHaveLength(1);
      home.faults.refused.clear();
      expect(await look(FIRST_RUNG)).toMatchObject({ told: 1, failures: [] });
      expect(home.take()).toHaveLength(2);
      expect(await look(FIRST_RUNG)).toMatchObject({ told: 0 });
    });
  });

  describe('the repair of timers', () => {
    it('comes to the same timers, whatever was lost, left over or changed', async () => {
      const days = ['2027-07-01', '2027-07-02', '2027-07-03', '2027-07-04'];
      for (const day of days) {
        await home.put(aDated({ subject: `EX-${day}`, due: endOfDay(day, 'Europe/Berlin') }), GRANTED);
      }
      const right = new Map([...home.timers].map(([name, { at }]) => [name, at]));
      const names = [...right.keys(), 'left-over', 'another'];
      const drift = fc.array(
        fc.tuple(
          fc.constantFrom(...names),
          fc.constantFrom(null, '2027-02-01T00:00:00.000Z', '2030-02-01T00:00:00.000Z'),
        ),
      );
      await fc.assert(
        fc.asyncProperty(drift, async (changes) => {
          for (const [name, at] of changes) {
            if (at === null) home.timers.delete(name);
            else home.timers.set(name, { name, at });
          }
          const before = new Map([...home.timers].map(([name, { at }]) => [name, at]));
          const differing = new Set([...right.keys(), ...before.keys()]);
          const expected = [...differing].filter((name) => right.get(name) !== before.get(name)).length;

          expect(await repairTimers(new Date(GRANTED), { register: home.register, timers })).toBe(expected);
          expect(new Map([...home.timers].map(([name, { at }]) => [name, at]))).toEqual(right);
        }),
        { numRuns: 30 },
      );
    });
  });
}
