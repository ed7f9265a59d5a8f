/** A home in which things come due by what people do, and in which people are reminded of them. */
import type { LocalStore } from '../../lib/adapters/local/store/local-store.ts';
import type { Digest } from '../../lib/core/image/digest.ts';
import { callerOf } from '../../lib/core/people/caller.ts';
import { factsKey } from '../../lib/core/register/index-keys.ts';
import { ladderText } from '../../lib/core/reminders/dated.ts';
import type { OperationContext } from '../../lib/pipeline/operations/operation.ts';
import { remindersListOperation } from '../../lib/pipeline/reminders/operations.ts';
import { reminderHandlers } from '../../lib/pipeline/reminders/plan-reminders.ts';
import { readDated } from '../../lib/pipeline/reminders/read-dated.ts';
import type { Reminding } from '../../lib/pipeline/reminders/remind.ts';
import { lookAtAll } from '../../lib/pipeline/reminders/send-due.ts';
import { PLAN_REMINDERS } from '../../lib/pipeline/work/work-types.ts';
import { acting } from './exception-people.ts';
import { memoryEvidence } from './memory-evidence.ts';

export type DatedHome = ReturnType<typeof datedHome>;

export function datedHome({ register, work }: Pick<LocalStore, 'register' | 'work'>) {
  const evidence = memoryEvidence();
  const stores = { register, evidence };
  const { appetite } = acting('ada', '2027-01-01T00:00:00.000Z', stores);
  const sent: string[] = [];
  const reminding: Reminding = {
    ...{ register, appetite: appetite.value, timers: null },
    dated: (ladder) => readDated(ladder, { register, appetite: appetite.value }),
    post: {
      async deliver({ subject }, { name }) {
        sent.push(`${subject.replace('[Cavendish] ', '')} → ${name}`);
        return await Promise.resolve({ messageId: String(sent.length), subscription: 'none' });
      },
    },
    onUnreachable: () => Promise.resolve(),
  };
  const context = (name: string, at: string, enforced = false): OperationContext => ({
    ...{ register, evidence, work, topics: null, appetite, at },
    intelligence: { versions: () => Promise.reject(new Error('nothing is judged here')) } as never,
    caller: callerOf(appetite.value, `laptop:${name}`, enforced),
  });
  return {
    register,
    context,
    acting: (name: string, at: string) => acting(name, at, stores),
    take: () => sent.splice(0),
    /** An image that was scanned. */
    async know(image: Digest) {
      const facts = { image, platform: 'linux/amd64', chain: null, layers: 0, diffIds: [], created: null };
      const body = { ...facts, firstSeen: '2027-01-01T00:00:00.000Z', baseName: null, baseDigest: null };
      await register.commit({ puts: [{ item: { ...factsKey(image), body }, when: 'absent' }] });
    },
    /** Does the work that was left, of reminders alone. */
    async settle(at: string) {
      const handlers = reminderHandlers({ reminding, now: () => new Date(at) });
      for (;;) {
        const claimed = await work.claim(new Date(at), [PLAN_REMINDERS]);
        if (claimed === null) return;
        await handlers[PLAN_REMINDERS]?.run(claimed);
        await work.done(claimed);
      }
    },
    look: (at: string) => lookAtAll(new Date(at), reminding),
    /** `ladder rung minute` of all that comes due. */
    async next() {
      const asked = { all: false, mine: false, asset: null, limit: 1000, after: null };
      const { rows } = await remindersListOperation.run(asked, context('amir', '2027-01-01T00:00:00.000Z'));
      return rows.map((row) => `${ladderText(row)} ${row.next?.name ?? ''} ${row.next?.at.slice(0, 16) ?? ''}`).sort();
    },
  };
}
