/** What is over by its end is over, also before the home has noticed. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalStore, openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { exceptionAt } from '../../../lib/core/exceptions/change.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { approveException } from '../../../lib/pipeline/exceptions/approve-exception.ts';
import { endDue } from '../../../lib/pipeline/exceptions/end-due.ts';
import { changesOf, readException } from '../../../lib/pipeline/exceptions/exception-items.ts';
import { requestException } from '../../../lib/pipeline/exceptions/request-exception.ts';
import { reviewException } from '../../../lib/pipeline/exceptions/review-exception.ts';
import { revokeException } from '../../../lib/pipeline/exceptions/take-back.ts';
import { acting, aDraft } from '../../support/exception-people.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';

let store: LocalStore;
const evidence = memoryEvidence();
const by = (name: string, at: string) => acting(name, at, { register: store.register, evidence });

async function granted(renews: string | null, day: string, asked: string, decided: string): Promise<string> {
  const terms = aDraft({ expiry: endOfDay(day, 'UTC') });
  const { exception } = await requestException({ terms, renews }, by('ada', asked));
  return (await approveException({ id: exception.id, why: null }, by('amir', decided))).id;
}

let id: string;
beforeEach(async () => {
  store = openLocalStore(':memory:');
  id = await granted(null, '2026-11-26', '2026-11-25T09:00:00.000Z', '2026-11-25T10:00:00.000Z');
});
afterEach(() => {
  store.close();
});

const END = '2026-11-27T00:00:00.000Z';

describe('an exception whose end nobody has noticed yet', () => {
  it('is neither reviewed nor revoked', async () => {
    const given = { id, why: 'because' };
    for (const doing of [
      reviewException({ ...given, next: null }, by('amir', END)),
      revokeException(given, by('amir', END)),
    ]) {
      await expect(doing).rejects.toThrow(/is over since 2026-11-26/u);
    }
    await endDue(new Date('2026-11-27T08:00:00Z'), store.register);
    const { exception } = await readException(id, store.register);
    expect(exception.ended).toMatchObject({ how: 'expired', at: END });
    expect(exceptionAt(await changesOf(id, store.register), '2026-11-28T00:00:00.000Z')).toEqual(exception);
  });

  it('has expired, also where its renewal is granted after its end', async () => {
    await granted(id, '2026-12-01', '2026-11-26T12:00:00.000Z', '2026-11-27T09:00:00.000Z');
    await endDue(new Date('2026-11-27T10:00:00Z'), store.register);
    expect((await readException(id, store.register)).exception.ended?.how).toBe('expired');
  });

  it('may be reviewed and revoked a moment before', async () => {
    const before = '2026-11-26T23:59:59.999Z';
    await reviewException({ id, why: 'still needed', next: null }, by('amir', before));
    expect((await revokeException({ id, why: 'no more' }, by('amir', before))).ended?.how).toBe('revoked');
  });
});
