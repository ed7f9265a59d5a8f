/** A ladder that is looked at: told once, in order, and owed until it is. On every register. */
import { beforeEach, describe, expect, it } from '@jest/globals';

import { reminderPartition } from '../../../lib/core/register/reminder-keys.ts';
import { readTold } from '../../../lib/core/reminders/told.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { aDated, aRemindingHome } from '../../support/reminding.ts';
import type { OpensRegister } from './opens-register.ts';

export function ladders(open: OpensRegister): void {
  const IT = aDated();
  let home: ReturnType<typeof aRemindingHome>;
  beforeEach(async () => {
    home = aRemindingHome(await open());
  });

  async function recorded() {
    const { items } = await home.register.query({ pk: reminderPartition(IT) });
    return items
      .map(readTold)
      .sort((a, b) => (a.due < b.due ? -1 : 1))
      .map(({ rung, how, to }) => `${rung} ${how} ${to}`);
  }

  function at(day: string, clock = '09:00'): string {
    return `2027-${day}T${clock}:00.000Z`;
  }

  describe('a ladder that is looked at', () => {
    it('says when it is to be looked at next, and tells nobody before', async () => {
      expect(await home.put(IT, at('01-01'))).toEqual({ outcome: 'nothing' });
      expect(home.take()).toEqual([]);
      expect([...home.timers.values()].map((timer) => timer.at)).toEqual([at('05-31')]);
    });

    it('tells whose it is, once, however often it is looked at', async () => {
      await home.put(IT, at('01-01'));
      expect(await home.look(IT, at('05-31'))).toEqual({ outcome: 'told' });
      expect(home.take()).toEqual([
        'Exception ends in 30 days: CVE-2026-1 in shop → Olive Owner',
        'Exception ends in 30 days: CVE-2026-1 in shop → Amir Approver',
      ]);
      expect(await home.look(IT, at('05-31'))).toEqual({ outcome: 'nothing' });
      expect(home.take()).toEqual([]);
      expect([...home.timers.values()].map((timer) => timer.at)).toEqual([at('06-16')]);
      expect(await recorded()).toEqual(['30 told Amir Approver', '30 told Olive Owner']);
    });

    it('tells who is next, too, of what is overdue', async () => {
      await home.put(IT, at('06-30', '10:00'));
      home.take();
      await home.look(IT, at('07-07'));
      expect(home.take()).toEqual([
        'Exception ended 7 days ago: CVE-2026-1 in shop → Olive Owner',
        'Exception ended 7 days ago: CVE-2026-1 in shop → Amir Approver',
        'Exception ended 7 days ago: CVE-2026-1 in shop → Norma Next',
      ]);
    });

    it('tells the last one of several that were slept over, as of when it is told, and keeps that the others were not', async () => {
      await home.put(IT, at('01-01'));
      await home.look(IT, at('06-25'));
      expect(home.take()).toEqual([
        'Exception ends in 5 days: CVE-2026-1 in shop → Olive Owner',
        'Exception ends in 5 days: CVE-2026-1 in shop → Amir Approver',
      ]);
      expect(await recorded()).toEqual([
        '30 passed-over Olive Owner, Amir Approver',
        '14 passed-over Olive Owner, Amir Approver',
        '7 told Amir Approver',
        '7 told Olive Owner',
      ]);
    });

    it('begins anew when the date moves, and owes nothing of before', async () => {
      await home.put(IT, at('01-01'));
      await home.look(IT, at('06-16'));
      home.take();
      const moved = aDated({ due: endOfDay('2027-07-20', 'UTC'), since: at('06-17') });
      expect(await home.put(moved, at('06-17'))).toEqual({ outcome: 'nothing' });
      expect([...home.timers.values()].map((timer) => timer.at)).toEqual([at('06-20')]);
      await home.look(moved, at('06-20'));
      expect(home.take()[0]).toBe('Exception ends in 30 days: CVE-2026-1 in shop → Olive Owner');
    });

    it('ends with what it was about: no timer is left', async () => {
      await home.put(IT, at('01-01'));
      expect(await home.end(IT, at('06-01'))).toEqual({ outcome: 'nothing' });
      expect(home.timers.size).toBe(0);
      expect(await home.look(IT, at('07-07'))).toEqual({ outcome: 'nothing' });
    });

    it('that is of nothing is nothing', async () => {
      expect(await home.look({ kind: 'review', subject: 'EX-X' }, at('01-01'))).toEqual({ outcome: 'nothing' });
      expect(home.timers.size).toBe(0);
    });
  });

  describe('what could not be told', () => {
    it('stays owed where the channel refuses, and whoever had it is not told again', async () => {
      home.faults.refused.add('Olive Owner');
      await home.put(IT, at('01-01'));
      await expect(home.look(IT, at('05-31'))).rejects.toThrow('the channel refused');
      expect(home.take()).toEqual(['Exception ends in 30 days: CVE-2026-1 in shop → Amir Approver']);
      home.faults.refused.clear();
      expect(await home.look(IT, at('05-31', '09:01'))).toEqual({ outcome: 'told' });
      expect(home.take()).toEqual(['Exception ends in 30 days: CVE-2026-1 in shop → Olive Owner']);
    });

    it('stays owed where nobody reaches them; the operator hears of it once for each rung', async () => {
      home.faults.unreachable.add('Olive Owner');
      await home.put(IT, at('01-01'));
      expect(await home.look(IT, at('05-31'))).toEqual({ outcome: 'unreachable' });
      expect(await home.look(IT, at('06-01'))).toEqual({ outcome: 'unreachable' });
      expect(home.operator).toEqual([`${IT.subject} 30: Olive Owner`]);
      home.faults.unreachable.clear();
      expect(await home.look(IT, at('06-02'))).toEqual({ outcome: 'told' });
      expect(home.take()).toEqual([
        'Exception ends in 30 days: CVE-2026-1 in shop → Amir Approver',
        'Exception ends in 28 days: CVE-2026-1 in shop → Olive Owner',
      ]);
    });

    it('is told by one of two who come at the same time', async () => {
      await home.put(IT, at('01-01'));
      const outcomes = await Promise.all([home.look(IT, at('05-31')), home.look(IT, at('05-31'))]);
      expect(outcomes.map(({ outcome }) => outcome).sort()).not.toEqual(['told', 'told']);
      expect(home.take()).toHaveLength(2);
    });

    it('is told by another where who was at it died, under the same reference', async () => {
      await home.put(IT, at('01-01'));
      const { register, reminding } = home;
      const dies = {
        ...register,
        commit: async (commit: Parameters<typeof register.commit>[0]) => {
          if ((commit.history ?? []).some(({ sk }) => sk.startsWith('RUNG#'))) throw new Error('died');
          await register.commit(commit);
        },
      };
      const before = { ...reminding };
      Object.assign(reminding, { register: dies });
      await expect(home.look(IT, at('05-31'))).rejects.toThrow('died');
      Object.assign(reminding, before);
      const [first] = home.sent.splice(0);
      await home.look(IT, at('05-31', '09:06'));
      const second = home.sent.find(({ to }) => to.name === first?.to.name);
      expect(second?.notice.id).toBe(first?.notice.id);
      expect(await home.look(IT, at('05-31', '09:07'))).toEqual({ outcome: 'nothing' });
    });
  });
}
