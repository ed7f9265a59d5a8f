import { beforeEach, describe, expect, it } from '@jest/globals';

import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import { type Subscribed, subscriptionsKey } from '../../../lib/core/notices/subscriptions.ts';
import { callerOf } from '../../../lib/core/people/caller.ts';
import { OPERATIONS } from '../../../lib/pipeline/operations/all.ts';
import type { OperationContext } from '../../../lib/pipeline/operations/operation.ts';
import { runOperation } from '../../../lib/pipeline/operations/run-operation.ts';
import {
  subscribeOperation,
  subscribersOperation,
  unsubscribeOperation,
} from '../../../lib/pipeline/subscribers/operations.ts';
import { followersOf, subscribersOf } from '../../../lib/pipeline/subscribers/read-subscribers.ts';
import { finishAll } from '../../../lib/pipeline/subscribers/registered.ts';
import { aSubscriber } from '../../support/announcing.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { aDigest } from '../../support/assessments.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';
import { memoryStore } from '../../support/memory-store.ts';
import { theTopics } from '../../support/subscriber-topics.ts';

const AT = '2026-11-25T12:00:00.000Z';
const roleOf = (who: string): string => `arn:aws:iam::111122223333:role/${who}`;
const PEOPLE = `people:
  - { name: Olga, principals: [${roleOf('olga')}], email: olga@example.com, roles: [operator] }
  - { name: Ada, principals: [${roleOf('ada')}], email: Ada@Example.com, teams: [shop team], roles: [developer] }
  - { name: Bob, principals: [${roleOf('bob')}], teams: [shop team], roles: [owner] }
  - { name: Cleo, principals: [${roleOf('cleo')}], email: cleo@example.com, roles: [approver] }
`;
const APPETITE = parseAppetite(`${PEOPLE}${anAppetiteFile()}`, 'a test');
const NOTHING = { name: null, teams: null, assets: null, stages: null, kinds: null, minSeverity: null };
const SHOP = { ...NOTHING, address: 'shop@example.com' };

let stored: ReturnType<typeof memoryStore>;
let way: ReturnType<typeof theTopics>;

beforeEach(() => {
  stored = memoryStore();
  way = theTopics();
});

function as(who: string, given: Partial<OperationContext> = {}): OperationContext {
  return {
    ...{ ...stored, topics: way.topics, evidence: memoryEvidence(), at: AT },
    intelligence: {} as OperationContext['intelligence'],
    appetite: { hash: aDigest('appetite'), source: 'a test', value: APPETITE },
    caller: callerOf(APPETITE, roleOf(who), true),
    ...given,
  };
}

const onLaptop = (): OperationContext => as('me', { topics: null, caller: callerOf(APPETITE, 'laptop:me', false) });
const subscribe = (given: object, who = 'olga') => runOperation(subscribeOperation, { ...SHOP, ...given }, as(who));
const listed = async (context = as('olga')) =>
  (await runOperation(subscribersOperation, { limit: 100, after: null }, context)).rows;
const told = () => subscribersOf([aSubscriber('stack')], { ...stored, subscriberTopics: way.topics }, APPETITE);

/** As the sweep sees a topic. */
async function isNow(name: string, subscribed: Partial<Subscribed>): Promise<void> {
  const key = subscriptionsKey(name);
  const known = await stored.register.get(key);
  const body = { topic: 'there', confirmed: [], pending: [], since: AT, waited: false, ...subscribed };
  await stored.register.commit({
    puts: [{ item: { ...key, body }, when: known === null ? 'absent' : { version: known.version } }],
  });
}

describe('a subscriber', () => {
  it('is pending until the address confirms, told from then on, and lost when it is deleted', async () => {
    expect(await subscribe({ stages: ['production'] })).toMatchObject({
      ...{ name: 'shop-example-com', address: 'shop@example.com', state: 'pending', since: AT },
    });
    expect(way.there).toEqual(new Map([['shop-example-com', 'shop@example.com']]));
    expect((await told()).map(({ name }) => name)).toEqual(['stack']);

    await isNow('shop-example-com', { confirmed: ['email Shop@example.com'], since: '2026-11-25T12:15:00.000Z' });
    expect(await listed()).toMatchObject([{ state: 'confirmed', since: '2026-11-25T12:15:00.000Z' }]);
    expect(await told()).toEqual([
      aSubscriber('stack'),
      { name: 'shop-example-com', topicArn: way.topics.arnOf('shop-example-com'), stages: ['production'] },
    ]);

    for (const subscribed of [{}, { topic: 'gone' as const }, { confirmed: ['email other@example.com'] }]) {
      await isNow('shop-example-com', subscribed);
      expect(await listed()).toMatchObject([{ state: 'lost' }]);
      expect((await told()).map(({ name }) => name)).toEqual(['stack']);
    }
  });

  it('is confirmed at once where mail goes to the address as it is', async () => {
    const context = onLaptop();
    const made = await runOperation(subscribeOperation, { ...SHOP, teams: ['shop team'] }, context);

    expect(made).toMatchObject({ state: 'confirmed', since: AT });
    expect(await followersOf(stored.register, APPETITE)).toEqual([
      {
        ...{ name: 'shop-example-com', address: 'shop@example.com' },
        interests: { owners: ['shop team', 'Ada', 'Ada@Example.com', 'Bob'] },
      },
    ]);
    await runOperation(unsubscribeOperation, { who: 'shop-example-com' }, context);
    expect(await followersOf(stored.register, APPETITE)).toEqual([]);
  });

  it('may want something else later, and keeps its confirmation', async () => {
    await subscribe({ name: 'shop' });
    await isNow('shop', { confirmed: ['email shop@example.com'] });
    const changed = await subscribe({ name: 'shop', kinds: ['exploited'], minSeverity: 'high' });

    expect(changed).toMatchObject({ state: 'confirmed', kinds: ['exploited'], minSeverity: 'high' });
    expect(await told()).toMatchObject([{}, { name: 'shop', kinds: ['exploited'], minSeverity: 'high' }]);
  });

  it('is asked to confirm again where it was lost, and begins anew when it was taken away', async () => {
    await subscribe({ name: 'shop' });
    await isNow('shop', {});
    expect(await subscribe({ name: 'shop' })).toMatchObject({ state: 'pending' });

    await isNow('shop', { confirmed: ['email shop@example.com'] });
    expect(await runOperation(unsubscribeOperation, { who: 'shop' }, as('olga'))).toEqual({ ended: ['shop'] });
    expect(await listed()).toEqual([]);
    expect(way.there.size).toBe(0);
    // What the sweep last saw is of the topic that is gone.
    expect(await subscribe({ name: 'shop', address: 'other@example.com' })).toMatchObject({ state: 'pending' });
    expect(way.there).toEqual(new Map([['shop', 'other@example.com']]));
  });

  it('is taken away by its address under each name', async () => {
    await subscribe({ name: 'a' });
    await subscribe({ name: 'b' });
    await subscribe({ name: 'c', address: 'other@example.com' });

    expect(await runOperation(unsubscribeOperation, { who: 'Shop@example.com' }, as('olga'))).toEqual({
      ended: ['a', 'b'],
    });
    await expect(runOperation(unsubscribeOperation, { who: 'a' }, as('olga'))).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('stays to be made, and to be taken away, where that was interrupted: the sweep finishes it', async () => {
    const sweep = () => finishAll({ register: stored.register, topics: way.topics });
    way.fail(new CavendishError('unavailable', 'SNS is away'));
    await expect(subscribe({ name: 'shop' })).rejects.toMatchObject({ code: 'unavailable' });
    expect(await listed()).toMatchObject([{ name: 'shop', state: 'pending' }]);
    await expect(sweep()).rejects.toMatchObject({ code: 'unavailable' });
    way.fail(null);
    await sweep();
    expect(way.there.get('shop')).toBe('shop@example.com');

    way.fail(new CavendishError('unavailable', 'SNS is away'));
    await expect(runOperation(unsubscribeOperation, { who: 'shop' }, as('olga'))).rejects.toThrow('SNS is away');
    expect(await listed()).toMatchObject([{ name: 'shop', state: 'ending' }]);
    expect(await told()).toHaveLength(1);
    way.fail(null);
    await sweep();
    expect(way.there.size).toBe(0);
    expect(await listed()).toEqual([]);

    const before = way.asked.length;
    await sweep();
    expect(way.asked).toHaveLength(before);
  });

  it.each([
    ['the name of another', { name: 'shop', address: 'other@example.com' }, 'conflict'],
    ['the name of one of the stack', { name: 'stack' }, 'conflict'],
    ['no address', { address: 'shop' }, 'bad-input'],
    ['an address that would break a header', { address: 'a@example.com\r\nBcc: b@example.com' }, 'bad-input'],
    ['an address that is not ASCII', { address: 'sh\u00f6p@example.com' }, 'bad-input'],
    ['a name that is the operator’s', { name: 'operator' }, 'bad-input'],
    ['a kind that there is not', { kinds: ['weather'] }, 'bad-input'],
  ])('is not made with %s', async (_what, given, code) => {
    await subscribe({ name: 'shop' });
    await isNow('stack', {});
    const asked = way.asked.length;

    await expect(subscribe(given)).rejects.toMatchObject({ code });
    expect(way.asked).toHaveLength(asked);
  });

  it('of the stack is listed by what is known of its topic', async () => {
    await isNow('stack', { confirmed: ['email ops@example.com'] });

    expect(await listed()).toMatchObject([{ name: 'stack', address: null, state: 'confirmed', since: AT }]);
  });
});

describe('who may subscribe', () => {
  it('a person themselves, of what is theirs alone, and an overseer of anything', async () => {
    const own = { address: 'ada@example.com', name: 'ada' };
    expect(await subscribe(own, 'ada')).toMatchObject({ owners: ['Ada', 'ada@example.com', 'shop team'], teams: null });
    expect(await subscribe({ ...own, teams: ['shop team'] }, 'ada')).toMatchObject({ owners: ['shop team'] });
    expect(await subscribe({ address: 'cleo@example.com' }, 'cleo')).toMatchObject({ owners: null });
  });

  it.each([
    ['another’s address', 'ada', { address: 'cleo@example.com' }],
    ['another’s address, though they see all', 'cleo', { address: 'shop@example.com' }],
    ['of another team', 'ada', { address: 'ada@example.com', teams: ['pay team'] }],
    ['without an address in the appetite', 'bob', { address: 'bob@example.com' }],
    ['nobody of the appetite', 'eve', { address: 'eve@example.com' }],
  ])('is not %s: %s', async (_what, who, given) => {
    await expect(subscribe(given, who)).rejects.toMatchObject({ code: 'forbidden' });
    expect(way.asked).toEqual([]);
  });

  it('shows a person their own, and lets them take away nothing else', async () => {
    await subscribe({ name: 'shop' });
    await subscribe({ name: 'ada', address: 'ada@example.com' });

    expect((await listed(as('ada'))).map(({ name }) => name)).toEqual(['ada']);
    expect((await listed(as('cleo'))).map(({ name }) => name)).toEqual(['ada', 'shop']);
    await expect(OPERATIONS.unsubscribe.call({ who: 'shop' }, as('ada'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(OPERATIONS.unsubscribe.call({ who: 'shop' }, as('cleo'))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await OPERATIONS.unsubscribe.call({ who: 'ada@example.com' }, as('ada'))).toEqual({ ended: ['ada'] });
  });
});
