/** A home in which people are reminded: a register, things that come due, and a post that keeps what it was given. */
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import type { Notice } from '../../lib/core/notices/notice.ts';
import type { Dated, LadderName } from '../../lib/core/reminders/dated.ts';
import type { Recipient } from '../../lib/core/reminders/recipients.ts';
import { endOfDay } from '../../lib/core/time/end.ts';
import type { Post } from '../../lib/pipeline/ports/post.ts';
import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import type { Timer, Timers } from '../../lib/pipeline/ports/timers.ts';
import { remind, type Reminding } from '../../lib/pipeline/reminders/remind.ts';
import { anAppetiteFile } from './appetites.ts';

const PEOPLE = `
people:
  - { name: Olive Owner, email: olive@example.org, next: Norma Next }
  - { name: Amir Approver, email: amir@example.org }
  - { name: Norma Next, email: norma@example.org }
`;

export const REMINDED_APPETITE = parseAppetite(`${anAppetiteFile()}${PEOPLE}`, 'a test');

export function aDated(given: Partial<Dated> = {}): Dated {
  return {
    ...{ kind: 'expiry', subject: 'EX-01J0000000000000000000000A' },
    due: endOfDay('2027-06-30', 'UTC'),
    since: '2027-01-01T00:00:00.000Z',
    title: 'CVE-2026-1 in shop',
    ...{ until: null, detail: 'not reachable', asset: 'shop', stages: ['production'] },
    ...{ to: ['Olive Owner', 'Amir Approver'], answers: ['renew', 'revoke'] },
    ...given,
  };
}

export function aRemindingHome(register: RegisterStore) {
  const things = new Map<string, Dated>();
  const sent: { readonly notice: Notice; readonly to: Recipient }[] = [];
  const operator: string[] = [];
  const timers = new Map<string, Timer>();
  const faults: {
    readonly unreachable: Set<string>;
    readonly refused: Set<string>;
    /** What the channel waits for. */
    until: Promise<unknown> | null;
  } = { unreachable: new Set(), refused: new Set(), until: null };
  const delivering = Promise.withResolvers<undefined>();
  const post: Post = {
    async deliver(notice, to) {
      delivering.resolve(undefined);
      await faults.until;
      if (faults.refused.has(to.name)) throw new Error(`the channel refused what was for ${to.name}`);
      if (faults.unreachable.has(to.name)) return await Promise.resolve(null);
      sent.push({ notice, to });
      return { messageId: `message-${String(sent.length)}`, subscription: 'confirmed' };
    },
  };
  const timing: Timers = {
    async put(timer) {
      timers.set(timer.name, timer);
      await Promise.resolve();
    },
    async remove(name) {
      timers.delete(name);
      await Promise.resolve();
    },
    async *list() {
      yield* timers.values();
      await Promise.resolve();
    },
  };
  const reminding: Reminding = {
    register,
    post,
    appetite: REMINDED_APPETITE,
    timers: timing,
    dated: ({ kind, subject }) => Promise.resolve(things.get(`${kind}#${subject}`) ?? null),
    async onUnreachable(dated, rung, who) {
      operator.push(`${dated.subject} ${rung.name}: ${who.map(({ name }) => name).join(', ')}`);
      await Promise.resolve();
    },
  };
  return {
    ...{ register, sent, operator, timers, faults, reminding },
    /** From now on it is so; looked at as of an instant. */
    async put(dated: Dated, at: string) {
      things.set(`${dated.kind}#${dated.subject}`, dated);
      return await remind(dated, new Date(at), reminding);
    },
    /** It was dealt with. */
    async end(ladder: LadderName, at: string) {
      things.delete(`${ladder.kind}#${ladder.subject}`);
      return await remind(ladder, new Date(at), reminding);
    },
    /** Something is being told. */
    atIt: () => delivering.promise,
    look: (ladder: LadderName, at: string) => remind(ladder, new Date(at), reminding),
    /** `subject of the mail → reader`, and forgets them. */
    take: () => sent.splice(0).map(({ notice, to }) => `${notice.subject.replace('[Cavendish] ', '')} → ${to.name}`),
  };
}
