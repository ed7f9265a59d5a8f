/** Random histories of exceptions: whoever does what in whichever order, the rules hold. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type LocalStore, openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { isCavendishError } from '../../../lib/core/errors/error.ts';
import { exceptionAt } from '../../../lib/core/exceptions/change.ts';
import type { Exception } from '../../../lib/core/exceptions/exception.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import type { Acting } from '../../../lib/pipeline/exceptions/act.ts';
import { approveException, refuseException } from '../../../lib/pipeline/exceptions/approve-exception.ts';
import { endDue } from '../../../lib/pipeline/exceptions/end-due.ts';
import { changesOf, readException } from '../../../lib/pipeline/exceptions/exception-items.ts';
import { requestException } from '../../../lib/pipeline/exceptions/request-exception.ts';
import { reviewException } from '../../../lib/pipeline/exceptions/review-exception.ts';
import { revokeException, withdrawException } from '../../../lib/pipeline/exceptions/take-back.ts';
import { acting, aDraft } from '../../support/exception-people.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';

const WHO = ['ada', 'ada-at-home', 'amir', 'anna', 'olive', 'mallory'] as const;
const HOUR = 3_600_000;
const START = Date.parse('2026-11-25T00:00:00Z');

const act = fc.record({
  who: fc.constantFrom(...WHO),
  does: fc.constantFrom('request', 'renew', 'approve', 'approve', 'refuse', 'withdraw', 'revoke', 'review', 'tick'),
  which: fc.nat(3),
  hours: fc.integer({ min: 1, max: 30 }),
});

let store: LocalStore;
beforeEach(() => {
  store = openLocalStore(':memory:');
});
afterEach(() => {
  store.close();
});

async function perform(does: string, id: string | undefined, by: Acting): Promise<Exception | null> {
  if (does === 'tick') return (await endDue(new Date(by.at), by.register), null);
  const day = new Date(Date.parse(by.at) + 48 * HOUR).toISOString().slice(0, 10);
  const terms = aDraft({ expiry: endOfDay(day, 'UTC') });
  if (does === 'request') return (await requestException({ terms, renews: null }, by)).exception;
  if (id === undefined) return null;
  if (does === 'renew') return (await requestException({ terms, renews: id }, by)).exception;
  if (does === 'approve') return await approveException({ id, why: null }, by);
  const because = { id, why: 'because' };
  if (does === 'refuse') return await refuseException(because, by);
  if (does === 'withdraw') return await withdrawException(because, by);
  return does === 'revoke' ? await revokeException(because, by) : await reviewException({ ...because, next: null }, by);
}

it('never lets who asked approve, only appends, and knows every state of the past', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
      store.close();
      store = openLocalStore(':memory:');
      const stores = { register: store.register, evidence: memoryEvidence() };
      const ids: string[] = [];
      /** What was seen of each, at which instant. */
      const seen: { readonly id: string; readonly at: string; readonly exception: Exception }[] = [];
      let now = START;
      for (const { who, does, which, hours } of acts) {
        now += hours * HOUR;
        const at = new Date(now).toISOString();
        const before = await Promise.all(ids.map((id) => changesOf(id, store.register)));
        try {
          const made = await perform(does, ids[which], acting(who, at, stores));
          if (made !== null && !ids.includes(made.id)) ids.push(made.id);
        } catch (error) {
          // Whoever may not, and what can't be, is refused; nothing else goes wrong.
          if (!isCavendishError(error, 'forbidden') && !isCavendishError(error, 'bad-input')) throw error;
        }
        const after = await Promise.all(ids.map((id) => changesOf(id, store.register)));
        for (const [index, changes] of before.entries()) {
          expect(after[index]).toEqual(expect.arrayContaining([...changes]));
        }
        for (const id of ids) {
          const { exception } = await readException(id, store.register);
          seen.push({ id, at, exception });
          expect(exception.approver?.principal).not.toBe(exception.requester.principal);
          if (exception.requester.person !== null) {
            expect(exception.approver?.person).not.toBe(exception.requester.person);
          }
          if (exception.state === 'granted') expect(exception.approver?.person).toMatch(/^(?:Ada|Amir|Anna)/u);
        }
      }
      for (const { id, at, exception } of seen) {
        const then = exceptionAt(await changesOf(id, store.register), at);
        // What ended by itself ended at its end, before anybody noticed.
        const noticedLater = then?.ended?.how === 'expired' && exception.ended === null;
        expect(noticedLater ? { ...then, state: 'granted', ended: null } : then).toEqual(exception);
      }
    }),
    { numRuns: 40 },
  );
});
