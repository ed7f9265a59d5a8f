import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalStore, openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import type { Exception } from '../../../lib/core/exceptions/exception.ts';
import { type Notice, noticeOf } from '../../../lib/core/notices/notice.ts';
import { exceptionKey, exceptionListKey } from '../../../lib/core/register/exception-keys.ts';
import { reminderKey } from '../../../lib/core/register/reminder-keys.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { pacingBy } from '../../../lib/pipeline/announce/pacing.ts';
import { sendWaiting } from '../../../lib/pipeline/announce/send-waiting.ts';
import { roundUpByChannels, tellChannels } from '../../../lib/pipeline/announce/tell-channels.ts';
import { roundUpKeys } from '../../../lib/pipeline/subscribers/round-up-readers.ts';
import { subscribe, unsubscribe } from '../../../lib/pipeline/subscribers/subscribe.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { aDigest } from '../../support/assessments.ts';
import { aGrant, anExceptionId } from '../../support/grants.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';
import { aLetter } from '../../support/notices.ts';

const APPETITE = parseAppetite(`zone: Europe/Berlin\n${anAppetiteFile()}`, 'a test');
const BOSS = 'boss@example.com';
const DAY = 86_400_000;

let store: LocalStore;
let now: number;
let delivered: Notice[];

/** Tuesday 2026-11-24, 10:00 UTC. */
beforeEach(() => {
  store = openLocalStore(':memory:');
  now = Date.parse('2026-11-24T10:00:00.000Z');
  delivered = [];
});

afterEach(() => {
  store.close();
});

function channels() {
  const whom = { register: store.register, subscriberTopics: null };
  const appetite = () => Promise.resolve({ value: APPETITE });
  const inbox = {
    name: 'inbox',
    async deliver(notice: Notice) {
      await Promise.resolve(delivered.push(notice));
    },
  };
  return {
    ...{ ...whom, evidence: memoryEvidence(), notifiers: [inbox], appetite },
    ...pacingBy(appetite, () => new Date(now), whom),
  };
}

async function subscribed(address: string, roundUp: 'daily' | 'weekly' | null, name = 'boss') {
  const by = { principal: 'laptop:me', person: null };
  const wishes = { teams: null, assets: null, stages: null, kinds: null, minSeverity: null, owners: null };
  const at = new Date(now).toISOString();
  await subscribe({ ...wishes, address, name, by, at, roundUp }, { register: store.register, topics: null });
}

async function tell(id: string, to: string) {
  const at = new Date(now).toISOString();
  const letter = aLetter({ headline: `what is ${id}` });
  return (await tellChannels(noticeOf({ id, kind: 'judged-again', at, to, about: id, letter }), channels())).outcome;
}

async function tick() {
  const parts = channels();
  return await sendWaiting({ ...parts, send: (roundUp) => roundUpByChannels(roundUp, parts) });
}

async function keep(number: number, said: Partial<Exception>): Promise<void> {
  const { terms, requester, approver, at } = aGrant();
  const id = anExceptionId(number);
  const exception: Exception = {
    ...{ id, terms: { ...terms, expiry: endOfDay('2026-11-28', 'UTC') }, requester, requestedAt: at },
    ...{ state: 'granted', approver, decidedAt: at, grant: aDigest('grant'), renews: null, review: null },
    ...{ withdrawnControls: [], ended: null },
    ...said,
  };
  const item = { ...exceptionKey(id), body: { ...exception } };
  await store.register.commit({
    puts: [{ item: { ...item, indexes: { board: exceptionListKey(id, exception.state) } }, when: 'absent' }],
  });
}

async function keepLadder(number: number): Promise<void> {
  const ladder = { kind: 'expiry' as const, subject: anExceptionId(number) };
  const due = endOfDay('2026-11-28', 'UTC');
  const next = { name: '1', at: '2026-11-27T09:00:00.000Z', overdue: false };
  const body = { ...ladder, due, through: '2026-11-22T00:00:00.000Z', next, acknowledged: null, claimedUntil: null };
  await store.register.commit({ puts: [{ item: { ...reminderKey(ladder), body }, when: 'absent' }] });
}

describe('what waits, by the clock', () => {
  it('leaves for who asked for it with what is new, due, ended and unused', async () => {
    await subscribed(BOSS, 'daily');
    await keep(1, {});
    await keepLadder(1);
    const ended = { at: '2026-11-24T11:00:00.000Z', how: 'revoked', why: 'it was fixed' } as const;
    await keep(2, { state: 'ended', ended });
    await keep(3, { state: 'ended', ended: { ...ended, at: '2026-11-24T08:00:00.000Z' } });

    expect(await tell('a', BOSS)).toBe('held');
    expect(await tell('a', 'ann@example.com')).toBe('sent');
    now += DAY;
    expect(await tick()).toEqual({ roundUps: 1, notices: 1 });
    const [, roundUp] = delivered;
    expect(roundUp).toMatchObject({
      ...{ to: BOSS, kind: 'round-up' },
      subject: '[Cavendish] your daily round-up: 1 new, 1 due, 1 ended, 1 unused',
    });
    const text = roundUp!.text.replaceAll(/\n {4}/gu, ' ');
    expect(text).toContain(`Due (1)\n  * 2026-11-28: the exception ends,`);
    expect(text).toContain(`Ended (1)\n  * ${anExceptionId(2)}, `);
    expect(text).toContain('(revoked 2026-11-24: it was fixed)');
    expect(text).toContain(`Unused: they match nothing any more (1)\n  * ${anExceptionId(1)}, `);
    expect(await tick()).toEqual({ roundUps: 0, notices: 0 });
  });

  it('leaves at once for who asks for none any more', async () => {
    await subscribed(BOSS, 'weekly');
    await tell('a', BOSS);
    expect(await tick()).toEqual({ roundUps: 0, notices: 0 });
    await unsubscribe('boss', () => true, { register: store.register, topics: null });

    expect(await tick()).toEqual({ roundUps: 1, notices: 1 });
    expect(delivered.map(({ to }) => to)).toEqual([BOSS]);
  });

  it('keeps from an address that asks for single notices, too, none of them', async () => {
    const whom = { register: store.register, subscriberTopics: null };
    await subscribed(BOSS, 'daily');
    expect([...(await roundUpKeys(whom))]).toEqual([BOSS]);
    await subscribed(BOSS, null, 'boss-now');

    expect([...(await roundUpKeys(whom))]).toEqual([]);
    expect(await tell('a', BOSS)).toBe('sent');
  });

  it('leaves for everybody else though the appetite can not be read', async () => {
    const parts = { ...channels(), mostAnHour: () => Promise.resolve(1) };
    const at = new Date(now).toISOString();
    for (const id of ['a', 'b']) {
      await tellChannels(noticeOf({ id, kind: 'judged-again', at, to: 'ann', about: id, letter: aLetter() }), parts);
    }
    now += DAY;
    const broken = { ...parts, appetite: () => Promise.reject(new Error('line 7 is wrong')) };

    await expect(sendWaiting({ ...broken, send: (roundUp) => roundUpByChannels(roundUp, parts) })).rejects.toThrow(
      'line 7 is wrong',
    );
    expect(delivered.map(({ subject }) => subject)).toEqual([
      '[Cavendish] a',
      '[Cavendish] 1 notice held back: 1 of other kinds',
    ]);
  });
});
