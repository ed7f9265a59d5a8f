/** What each change leaves: the ladder follows it by the work of its very commit. */
import { beforeEach, describe, expect, it } from '@jest/globals';

import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { approveException } from '../../../lib/pipeline/exceptions/approve-exception.ts';
import { endDue } from '../../../lib/pipeline/exceptions/end-due.ts';
import { requestException } from '../../../lib/pipeline/exceptions/request-exception.ts';
import { reviewException } from '../../../lib/pipeline/exceptions/review-exception.ts';
import { revokeException } from '../../../lib/pipeline/exceptions/take-back.ts';
import { changeApproval } from '../../../lib/pipeline/lineage/approve-base.ts';
import { runOperation } from '../../../lib/pipeline/operations/run-operation.ts';
import { assignRisk, closeRisk, enterRisk, treatRisk } from '../../../lib/pipeline/risks/change-risks.ts';
import { evidenceAddOperation } from '../../../lib/pipeline/validations/operations.ts';
import { BASE } from '../../support/dated.ts';
import { type DatedHome, datedHome } from '../../support/dated-home.ts';
import { aDraft } from '../../support/exception-people.ts';

const AT = '2027-01-01T12:00:00.000Z';
let home: DatedHome;
beforeEach(() => {
  home = datedHome(openLocalStore(':memory:'));
});

async function grant(given: Parameters<typeof aDraft>[0], renews: string | null = null, at = AT): Promise<string> {
  const id = await grantUnseen(given, renews, at);
  await home.settle(at);
  return id;
}

/** What is to begin its ladders is not done. */
async function grantUnseen(given: Parameters<typeof aDraft>[0], renews: string | null = null, at = AT) {
  const { exception } = await requestException({ terms: aDraft(given), renews }, home.acting('ada', at));
  await approveException({ id: exception.id, why: null }, home.acting('amir', at));
  return exception.id;
}

describe('an exception', () => {
  const expiry = endOfDay('2027-03-31', 'UTC');
  const review = endOfDay('2027-02-15', 'UTC');

  it('has the ladders of its end and of its review once it is granted', async () => {
    const id = await grant({ expiry, review });
    expect(await home.next()).toEqual([`expiry:${id} 30 2027-03-01T09:00`, `review:${id} 30 2027-01-16T09:00`]);
  });

  it('has them a day later at most where nothing began them', async () => {
    const id = await grantUnseen({ expiry, review });
    const ended = await grantUnseen({ expiry: endOfDay('2027-01-05', 'UTC') });
    expect(await home.next()).toEqual([]);
    await home.look('2027-01-20T00:00:00.000Z');
    expect(await home.next()).toEqual([`expiry:${id} 30 2027-03-01T09:00`, `review:${id} 14 2027-02-01T09:00`]);
    expect(home.take()).toEqual([
      'Review of an exception is due in 26 days: CVE-2026-1 in shop → Olive Owner',
      'Review of an exception is due in 26 days: CVE-2026-1 in shop → Amir Approver',
    ]);
    expect(ended).not.toBe(id);
  });

  it('has another review once that was answered, counted from the answer', async () => {
    const id = await grant({ expiry, review });
    const next = endOfDay('2027-03-15', 'UTC');
    await reviewException({ id, why: 'so it is', next }, home.acting('olive', '2027-03-02T10:00:00.000Z'));
    await home.settle('2027-03-02T10:00:00.000Z');
    expect(await home.next()).toContain(`review:${id} 7 2027-03-08T09:00`);
    await reviewException({ id, why: 'until its end', next: null }, home.acting('olive', '2027-03-10T10:00:00.000Z'));
    await home.settle('2027-03-10T10:00:00.000Z');
    expect((await home.next()).some((ladder) => ladder.startsWith('review'))).toBe(false);
  });

  it('has none any more once it is revoked', async () => {
    const id = await grant({ expiry, review });
    await revokeException({ id, why: 'no longer needed' }, home.acting('olive', '2027-01-05T10:00:00.000Z'));
    await home.settle('2027-01-05T10:00:00.000Z');
    expect(await home.next()).toEqual([]);
  });

  it('goes on after its end, until a renewal is granted', async () => {
    const id = await grant({ expiry });
    const asked = await requestException(
      { terms: aDraft({ expiry: endOfDay('2027-08-31', 'UTC') }), renews: id },
      home.acting('ada', '2027-03-30T10:00:00.000Z'),
    );
    await endDue(new Date('2027-04-02T00:00:00.000Z'), home.register);
    await home.settle('2027-04-02T00:00:00.000Z');
    expect(await home.next()).toEqual([`expiry:${id} +7 2027-04-07T09:00`]);
    await approveException({ id: asked.exception.id, why: null }, home.acting('amir', '2027-04-03T10:00:00.000Z'));
    await home.settle('2027-04-03T10:00:00.000Z');
    expect(await home.next()).toEqual([`expiry:${asked.exception.id} 30 2027-08-01T09:00`]);
  });
});

describe('a risk', () => {
  it('has a ladder while it is to be mitigated, and hands it on with its owner', async () => {
    const deciding = { register: home.register, at: AT, by: { principal: 'laptop:olive', person: 'Olive Owner' } };
    const { id } = await enterRisk(
      {
        ...{ asset: 'shop', assetOwner: 'Olive Owner', title: 'Session ids are guessable', owner: null },
        ...{ stages: ['production'], severity: 'high', likelihood: null, impact: null, controls: [], why: null },
      },
      deciding,
    );
    await home.settle(AT);
    expect(await home.next()).toEqual([]);
    const mitigate = { id, kind: 'mitigate' as const, exception: null, controls: null, why: 'new library' };
    await treatRisk({ ...mitigate, due: '2027-02-01T00:00:00.000Z' }, deciding);
    await home.settle(AT);
    // The instant at which 31 January ends: its ladder is that of this day.
    expect(await home.next()).toEqual([`risk:${id} 14 2027-01-17T09:00`]);
    await assignRisk({ id, owner: 'Amir Approver', why: null }, { ...deciding, at: '2027-01-02T12:00:00.000Z' });
    await home.settle('2027-01-17T09:00:00.000Z');
    await home.look('2027-01-17T09:00:00.000Z');
    expect(home.take()).toEqual([
      'Risk is to be mitigated in 14 days: Session ids are guessable in shop → Amir Approver',
    ]);
    await closeRisk({ id, why: 'it is there', evidence: null }, { ...deciding, at: '2027-01-20T12:00:00.000Z' });
    await home.settle('2027-01-20T12:00:00.000Z');
    expect(await home.next()).toEqual([]);
  });
});

describe('evidence', () => {
  const add = (date: string, at: string, stages: readonly ('production' | 'testing')[]) =>
    runOperation(
      evidenceAddOperation,
      { asset: 'shop', who: 'Testers', scope: 'web', stages, date, outcome: 'passed', report: null },
      home.context('olive', at),
    );

  it('ages by the oldest of what was validated last for each stage', async () => {
    await add('2027-01-01', AT, ['production', 'testing']);
    await home.settle(AT);
    expect(await home.next()).toEqual(['evidence:shop 30 2027-12-02T09:00']);
    await add('2027-06-01', '2027-06-02T12:00:00.000Z', ['testing']);
    await home.settle('2027-06-02T12:00:00.000Z');
    expect(await home.next()).toEqual(['evidence:shop 30 2027-12-02T09:00']);
    await add('2027-07-01', '2027-07-02T12:00:00.000Z', ['production']);
    await home.settle('2027-07-02T12:00:00.000Z');
    expect(await home.next()).toEqual(['evidence:shop 30 2028-05-01T09:00']);
  });
});

describe('the approval of a base', () => {
  it('ends with a ladder, and without one where it was taken back', async () => {
    await home.know(BASE);
    const change = { by: 'Amir Approver', why: 'patched weekly', at: AT };
    const approval = { stages: ['production' as const], until: '2027-03-01T00:00:00.000Z', by: 'Amir Approver' };
    await changeApproval(BASE, { ...change, approval }, home.register);
    await home.settle(AT);
    expect(await home.next()).toEqual([`approval:${BASE} 30 2027-01-29T09:00`]);
    await changeApproval(BASE, { ...change, approval: null, at: '2027-01-02T12:00:00.000Z' }, home.register);
    await home.settle('2027-01-02T12:00:00.000Z');
    expect(await home.next()).toEqual([]);
  });
});
