import { beforeEach, describe, expect, it } from '@jest/globals';

import { CavendishError } from '../../../lib/core/errors/error.ts';
import type { TopicSubscription } from '../../../lib/pipeline/ports/topics.ts';
import { readNotices } from '../../../lib/pipeline/read-notices/read-notices.ts';
import { lookAfterSubscriptions } from '../../../lib/pipeline/sweep/subscriptions.ts';
import { anAnnouncingHome, aSubscriber, OPERATOR_TOPIC, topicOf } from '../../support/announcing.ts';

const SHOP = topicOf('shop');

let home: ReturnType<typeof anAnnouncingHome>;
let topics: Map<string, readonly TopicSubscription[]>;

const mail = (endpoint: string, confirmed = true): TopicSubscription => ({ protocol: 'email', endpoint, confirmed });

beforeEach(() => {
  home = anAnnouncingHome([aSubscriber('shop')]);
  topics = new Map([
    [OPERATOR_TOPIC, [mail('ops@example.com')]],
    [SHOP, [mail('shop@example.com')]],
  ]);
});

async function look(subscribers = home.dependencies.subscribers): Promise<number> {
  return await lookAfterSubscriptions({
    ...home.dependencies,
    subscribers,
    subscriptions: {
      async *of(topicArn) {
        const held = topics.get(topicArn);
        if (held === undefined) throw new CavendishError('not-found', 'SNS has no topic');
        yield* held;
      },
    },
  });
}

const matters = (): readonly string[] =>
  home.messages.map(({ text }) => text.slice(text.indexOf('  * '), text.indexOf('\n\nWhat')).replace(/\n {4}/gu, ' '));

describe('lookAfterSubscriptions', () => {
  it('says nothing where everybody is subscribed', async () => {
    expect(await look()).toBe(0);
    expect(home.messages).toEqual([]);
  });

  it.each<[string, readonly TopicSubscription[] | null, RegExp]>([
    ['is pending', [mail('a@example.com', false)], /^ {2}\* shop: email a@example.com has not confirmed/u],
    ['is pending beside another', [mail('a@x.org', false), mail('b@x.org')], /^ {2}\* shop: email a@x.org has not/u],
    ['has nobody', [], /^ {2}\* shop: nobody is subscribed to its topic/u],
    ['is gone', null, /^ {2}\* shop: the topic is gone/u],
  ])('tells the operator once where a topic %s, and counts it for as long as it is so', async (_what, held, says) => {
    if (held === null) topics.delete(SHOP);
    else topics.set(SHOP, held);

    expect([await look(), await look()]).toEqual([1, 1]);
    expect(home.messages).toHaveLength(1);
    expect(home.messages[0]).toMatchObject({
      topicArn: OPERATOR_TOPIC,
      subject: '[Cavendish] 1 subscription to look after',
      attributes: { kind: 'subscription-lost' },
    });
    expect(matters()[0]).toMatch(says);
  });

  it('tells of one that was deleted, though others are there', async () => {
    topics.set(SHOP, [mail('a@x.org'), mail('b@x.org')]);
    await look();
    topics.set(SHOP, [mail('b@x.org')]);

    expect(await look()).toBe(0);
    expect(matters()).toEqual(['  * shop: email a@x.org was subscribed and no longer is']);
  });

  it('tells again when it happens again, and keeps silent when it is mended', async () => {
    const [good, bad] = [[mail('a@x.org')], [mail('a@x.org', false)]];
    for (const held of [good, bad, good, bad, bad]) {
      home.time.now += 60_000;
      topics.set(SHOP, held);
      await look();
    }

    expect(home.messages).toHaveLength(2);
  });

  it('tells of one that is pending for a day once more, and then no more', async () => {
    topics.set(SHOP, [mail('a@x.org', false)]);
    for (const at of ['24T10:00', '25T09:59', '25T10:00', '25T10:15', '27T10:00']) {
      home.time.now = Date.parse(`2026-11-${at}:00.000Z`);
      await look();
    }

    expect(matters().map((text) => text.split('\n')[0])).toEqual([
      '  * shop: email a@x.org has not confirmed the subscription, and gets nothing until then',
      '  * shop: email a@x.org has not confirmed the subscription for a day',
    ]);
  });

  it('tells of all that changed in one message, and remembers it', async () => {
    topics.set(SHOP, []).set(OPERATOR_TOPIC, [mail('ops@example.com', false)]);

    expect(await look()).toBe(2);
    expect(home.messages.map(({ subject }) => subject)).toEqual(['[Cavendish] 2 subscriptions to look after']);
    const [remembered] = await readNotices(home.register, {
      from: '2026-11-24T00:00:00.000Z',
      to: '2026-11-25T00:00:00.000Z',
    });
    expect(remembered).toMatchObject({ to: 'operator', kind: 'subscription-lost', messageId: 'message-1' });
  });

  it.each([
    ['who asks for such news', ['pay', 'ops'], 'ops'],
    ['the first, where nobody asks', ['pay', 'shop'], 'pay'],
    ['the operator all the same, where nobody hears anything', [], 'operator'],
  ] as const)('tells through another subscription where the operator’s own is lost: %s', async (_what, heard, told) => {
    topics = new Map([[OPERATOR_TOPIC, []]]);
    for (const name of ['shop', 'pay', 'ops']) {
      topics.set(topicOf(name), (heard as readonly string[]).includes(name) ? [mail(`${name}@x.org`)] : []);
    }
    const subscribers = [
      ...[aSubscriber('pay', { kinds: ['exploited'] }), aSubscriber('shop')],
      aSubscriber('ops', { kinds: ['subscription-lost'] }),
    ];
    await look(subscribers);

    expect(home.messages.map(({ topicArn }) => topicArn)).toEqual([topicOf(told)]);
    expect(home.messages[0]?.text).toContain('operator: nobody is subscribed to its topic');
    await look(subscribers);
    expect(home.messages).toHaveLength(1);
  });

  it('tells the next time where the operator could not be told', async () => {
    topics.set(SHOP, []);
    home.refusals.set(OPERATOR_TOPIC, new CavendishError('unavailable', 'throttled'));
    await expect(look()).rejects.toMatchObject({ code: 'unavailable' });

    home.refusals.clear();
    await look();
    expect(home.messages).toHaveLength(1);
  });
});
