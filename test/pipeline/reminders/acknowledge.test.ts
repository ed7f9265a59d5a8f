import { beforeEach, describe, expect, it } from '@jest/globals';

import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { approveException } from '../../../lib/pipeline/exceptions/approve-exception.ts';
import { requestException } from '../../../lib/pipeline/exceptions/request-exception.ts';
import { runOperation } from '../../../lib/pipeline/operations/run-operation.ts';
import { remindersAckOperation, remindersListOperation } from '../../../lib/pipeline/reminders/operations.ts';
import { type DatedHome, datedHome } from '../../support/dated-home.ts';
import { aDraft } from '../../support/exception-people.ts';

const AT = '2027-01-01T12:00:00.000Z';
let home: DatedHome;
let id = '';
beforeEach(async () => {
  home = datedHome(openLocalStore(':memory:'));
  const terms = aDraft({ expiry: endOfDay('2027-03-31', 'UTC'), review: endOfDay('2027-02-15', 'UTC') });
  const { exception } = await requestException({ terms, renews: null }, home.acting('ada', AT));
  ({ id } = exception);
  await approveException({ id, why: null }, home.acting('amir', AT));
  await home.settle(AT);
});

const ack = (who: string, ladder: string, until: string | null = null, at = AT) =>
  runOperation(remindersAckOperation, { ladder, until, why: 'it is planned' }, home.context(who, at));

const listed = async (who: string, all = false, mine = false) => {
  const asked = { all, mine, asset: null, limit: 1000, after: null };
  const { rows } = await runOperation(remindersListOperation, asked, home.context(who, AT, true));
  return rows.map(({ kind, next, acknowledged }) => [kind, next?.name ?? null, acknowledged?.by.person ?? null]);
};

describe('who knows', () => {
  it('hears no more of it: nobody does, of this date alone', async () => {
    await ack('olive', `expiry:${id.toLowerCase()}`);
    await home.settle(AT);
    expect(await listed('amir')).toEqual([['review', '30', null]]);
    expect(await listed('amir', true)).toEqual([
      ['review', '30', null],
      ['expiry', null, 'Olive Owner'],
    ]);
    await home.look('2027-04-20T09:00:00.000Z');
    expect(home.take().filter((mail) => mail.startsWith('Exception'))).toEqual([]);
  });

  it('hears of it again from the day on that they named', async () => {
    await ack('olive', `expiry:${id}`, '2027-03-24');
    await home.settle(AT);
    expect(await home.next()).toContain(`expiry:${id} 1 2027-03-30T09:00`);
    await home.look('2027-03-24T23:00:00.000Z');
    expect(home.take().filter((mail) => mail.startsWith('Exception'))).toEqual([]);
    await home.look('2027-03-30T09:00:00.000Z');
    expect(home.take()).toContain('Exception ends tomorrow: CVE-2026-1 in shop → Olive Owner');
  });

  it('is told by the name of the thing where that has one date, and asked which where it has two', async () => {
    await expect(ack('olive', id)).rejects.toThrow(`has several dates: expiry:${id}, review:${id}`);
    await expect(ack('olive', 'risk:RISK-1')).rejects.toMatchObject({ code: 'not-found' });
    await expect(ack('olive', 'nothing')).rejects.toMatchObject({ code: 'not-found' });
    await expect(ack('olive', `expiry:${id}`, '2026-12-31')).rejects.toThrow('is past already');
  });

  it('is whose it is, or who decides for others', async () => {
    await expect(ack('nobody', `expiry:${id}`)).rejects.toMatchObject({ code: 'forbidden' });
    await ack('anna', `expiry:${id}`);
    await ack('olive', `review:${id}`);
    expect(await listed('amir')).toEqual([]);
  });
});

describe('what comes due', () => {
  it('is listed page by page', async () => {
    const page = async (after: string | null) =>
      await runOperation(
        remindersListOperation,
        { all: true, mine: false, asset: 'shop', limit: 1, after },
        home.context('amir', AT),
      );
    const first = await page(null);
    const second = await page(first.next);
    expect([...first.rows, ...second.rows].map(({ kind }) => kind)).toEqual(['review', 'expiry']);
    expect(second.next).toBeNull();
    const other = { all: true, mine: false, asset: 'web', limit: 1, after: null };
    expect(await runOperation(remindersListOperation, other, home.context('amir', AT))).toEqual({
      rows: [],
      next: null,
    });
  });

  it('is listed for whose it is, whose asset it is in, and for those who see everything', async () => {
    expect(await listed('olive')).toEqual([
      ['review', '30', null],
      ['expiry', '30', null],
    ]);
    expect(await listed('anna')).toHaveLength(2);
    expect(await listed('olive', true, true)).toHaveLength(2);
    expect(await listed('anna', true, true)).toEqual([]);
    await expect(listed('nobody')).rejects.toMatchObject({ code: 'forbidden' });
  });
});
