/** What came due is found and told, also after a sleep, a refusal or by two at once. On every register. */
import { beforeEach, describe, expect, it } from '@jest/globals';

import { lookAtAll, sendDue } from '../../../lib/pipeline/reminders/send-due.ts';
import { aDated, aRemindingHome } from '../../support/reminding.ts';
import type { OpensRegister } from './opens-register.ts';

export function dueDates(open: OpensRegister): void {
  let home: ReturnType<typeof aRemindingHome>;
  beforeEach(async () => {
    home = aRemindingHome(await open());
  });

  const send = (at: string) => sendDue(new Date(at), home.reminding);

  describe('what came due', () => {
    it('is told in the minute in which it does, once', async () => {
      await home.put(aDated(), '2027-01-01T00:00:00.000Z');
      expect(await send('2027-05-31T08:59:00.000Z')).toEqual({ told: 0, unreachable: 0, failures: [] });
      expect(await send('2027-05-31T09:00:00.000Z')).toEqual({ told: 1, unreachable: 0, failures: [] });
      expect(await send('2027-05-31T09:01:00.000Z')).toEqual({ told: 0, unreachable: 0, failures: [] });
      expect(home.take()).toHaveLength(2);
    });

    it('is caught up with after months of sleep: one message of each ladder', async () => {
      await home.put(aDated(), '2027-01-01T00:00:00.000Z');
      await home.put(aDated({ kind: 'review', subject: 'EX-B', to: ['Olive Owner'] }), '2027-01-01T00:00:00.000Z');
      await send('2027-01-01T00:01:00.000Z');
      await send('2027-06-29T12:00:00.000Z');
      expect(home.take().sort()).toEqual([
        'Exception ends tomorrow: CVE-2026-1 in shop → Amir Approver',
        'Exception ends tomorrow: CVE-2026-1 in shop → Olive Owner',
        'Review of an exception is due tomorrow: CVE-2026-1 in shop → Olive Owner',
      ]);
    });

    it('is looked for again where the channel refused it', async () => {
      await home.put(aDated(), '2027-01-01T00:00:00.000Z');
      await send('2027-05-30T00:00:00.000Z');
      home.faults.refused.add('Amir Approver');
      expect((await send('2027-05-31T09:00:00.000Z')).failures).toHaveLength(1);
      home.faults.refused.clear();
      // Days later still: what failed was not left behind.
      expect(await send('2027-06-04T09:00:00.000Z')).toMatchObject({ told: 1, failures: [] });
      expect(home.take()).toHaveLength(2);
    });
  });

  describe('what somebody else is at', () => {
    it('is no failure, and is not left behind', async () => {
      await home.put(aDated(), '2027-01-01T00:00:00.000Z');
      await send('2027-05-31T08:59:00.000Z');
      const { promise, resolve } = Promise.withResolvers<undefined>();
      home.faults.until = promise;
      const other = home.look(aDated(), '2027-05-31T09:00:00.000Z');
      await home.atIt();
      expect(await send('2027-05-31T09:00:00.000Z')).toEqual({ told: 0, unreachable: 0, failures: [] });
      home.faults.refused.add('Amir Approver');
      resolve(undefined);
      await expect(other).rejects.toThrow('the channel refused');
      home.faults.refused.clear();
      expect(await send('2027-06-04T09:00:00.000Z')).toMatchObject({ told: 1 });
      expect(home.take()).toHaveLength(2);
    });
  });

  describe('the daily look at all there is', () => {
    it('finds what nothing brought, and puts right timers that are not', async () => {
      await home.put(aDated(), '2027-01-01T00:00:00.000Z');
      home.timers.clear();
      expect(await lookAtAll(new Date('2027-01-02T00:00:00.000Z'), home.reminding)).toMatchObject({ told: 0 });
      expect([...home.timers.values()].map(({ at }) => at)).toEqual(['2027-05-31T09:00:00.000Z']);
      expect(await lookAtAll(new Date('2027-06-02T00:00:00.000Z'), home.reminding)).toMatchObject({ told: 1 });
      expect(home.take()).toHaveLength(2);
    });

    it('tries again whom nobody reached', async () => {
      home.faults.unreachable.add('Olive Owner');
      await home.put(aDated(), '2027-01-01T00:00:00.000Z');
      expect(await send('2027-05-31T09:00:00.000Z')).toMatchObject({ unreachable: 1 });
      home.faults.unreachable.clear();
      expect(await lookAtAll(new Date('2027-06-01T09:00:00.000Z'), home.reminding)).toMatchObject({ told: 1 });
    });
  });
}
