/** What the operator is told of the home itself: of feeds, of subscriptions, and in which form. */
import { describe, expect, it } from '@jest/globals';

import type { StaleFeed } from '../../../lib/core/appetite/stale-feeds.ts';
import { feedEvent, feedNotice } from '../../../lib/core/notices/feed-notice.ts';
import { step } from '../../../lib/core/notices/letter.ts';
import { operatorNotice } from '../../../lib/core/notices/operator-notice.ts';
import {
  type Facts,
  isLost,
  mattersOf,
  readSubscribed,
  subscriptionsNotice,
} from '../../../lib/core/notices/subscriptions.ts';
import { aDigest } from '../../support/assessments.ts';

const AT = '2026-11-23T08:30:00.000Z';

function stale(id: string, ageDays: number): StaleFeed {
  return {
    feed: {
      ...{ schemaVersion: 1, id, kind: 'kev', date: '2026-11-01T12:00:00.000Z', count: 3, completeFor: [] },
      ...{ source: 'a test', modelVersion: null, shards: {} },
    },
    hash: aDigest(id),
    ...{ ageDays, allowedDays: 7, step: 2 },
  };
}

describe('a notice to the operator', () => {
  const matter = {
    kind: 'feed-stale',
    ...{ at: AT, headline: '2 things are wrong', matters: ['one', 'two'] },
    next: [step('do this', 'cavendish feeds')],
  } as const;

  it('says what, as of when, and what to do', () => {
    expect(operatorNotice(matter)).toMatchObject({
      id: expect.stringMatching(/^feed-stale-[0-9a-f]{64}$/u),
      ...{ kind: 'feed-stale', at: AT, to: 'operator', subject: '[Cavendish] 2 things are wrong' },
      text: [
        '2 things are wrong, as of 2026-11-23 08:30 UTC',
        '',
        '  * one',
        '  * two',
        '',
        'What to do next',
        '  * do this: cavendish feeds',
        '',
      ].join('\n'),
    });
  });

  it('is another when something else is the matter, or at another time', () => {
    const ids = [matter, { ...matter, matters: ['one'] }, { ...matter, at: '2026-11-24T08:30:00.000Z' }].map(
      (one) => operatorNotice(one).id,
    );
    expect(new Set(ids).size).toBe(3);
    expect(operatorNotice({ ...matter, headline: 'in other words' }).id).toBe(ids[0]);
  });

  it('counts what it does not list, stays narrow, and can not be broken by what it tells', () => {
    const many = Array.from({ length: 43 }, (_, at) => `${at} \u001B[31mred ${'long words '.repeat(10)}`);
    const { text, subject } = operatorNotice({
      ...matter,
      headline: `a\r\nBcc: x ${'é words '.repeat(30)}`,
      matters: many,
    });

    expect(text).toContain('  ... and 3 more');
    expect(text).toContain('  * 39 ');
    expect(text).not.toContain('  * 40 ');
    expect(text).not.toContain('\u001B');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(76);
    expect(subject).toMatch(/^[ -~]{1,99}$/u);
  });

  it('says nothing of more where all is listed', () => {
    const { text } = operatorNotice({ ...matter, matters: Array.from({ length: 40 }, (_, at) => `${at}`) });
    expect(text).not.toContain('more');
  });
});

describe('feeds that are too old', () => {
  it('are named with their day, their age and what is allowed', () => {
    const { subject, kind, text } = feedNotice([stale('kev', 22), stale('sample-kev', 1)], AT);

    expect({ subject, kind }).toEqual({
      subject: '[Cavendish] 2 feeds too old: images that need them are unknown',
      kind: 'feed-stale',
    });
    const plain = text.replaceAll(/\s+/gu, ' ');
    expect(plain).toContain('* kev (kev) is of 2026-11-01, 22 days old; the strictest stage allows 7 days');
    expect(plain).toContain('* sample-kev (kev) is of 2026-11-01, 1 day old');
    expect(plain).toContain('cavendish feeds --home aws:STACK');
  });

  it('is one feed where it is one', () => {
    expect(feedNotice([stale('kev', 22)], AT).subject).toBe(
      '[Cavendish] 1 feed too old: images that need it are unknown',
    );
  });

  it('are an event for programs, once for each step', () => {
    expect(feedEvent(stale('kev', 22), AT)).toEqual({
      type: 'Feed Stale',
      detail: {
        id: `feed-stale#kev#${aDigest('kev')}#2`,
        ...{ schemaVersion: 1, at: AT, feed: 'kev', kind: 'kev', date: '2026-11-01T12:00:00.000Z' },
        ...{ ageDays: 22, allowedDays: 7 },
      },
    });
  });
});

describe('subscriptions', () => {
  const reader = { name: 'shop', topicArn: 'arn:aws:sns:eu-central-1:111122223333:shop' };
  const there = (confirmed: readonly string[], pending: readonly string[] = []): Facts => {
    return { topic: 'there', confirmed, pending };
  };

  it.each<[string, Facts, Facts | null, readonly string[], boolean]>([
    ['are well', there(['email a@example.com']), null, [], false],
    [
      'are pending',
      there(['email a@example.com'], ['email b@example.com']),
      null,
      ['shop: email b@example.com has not confirmed the subscription, and gets nothing until then'],
      true,
    ],
    [
      'are none',
      there([]),
      there([]),
      [`shop: nobody is subscribed to its topic (${reader.topicArn}): its notices reach nobody`],
      true,
    ],
    [
      'are fewer than before',
      there(['email a@example.com']),
      there(['email a@example.com', 'email b@example.com']),
      ['shop: email b@example.com was subscribed and no longer is'],
      false,
    ],
    [
      'wait again',
      there([], ['email a@example.com']),
      there(['email a@example.com']),
      ['shop: email a@example.com has not confirmed the subscription, and gets nothing until then'],
      true,
    ],
    [
      'have no topic',
      { topic: 'gone', confirmed: [], pending: [] },
      there(['email a@example.com']),
      [`shop: the topic is gone (${reader.topicArn}); its notices come to the operator`],
      true,
    ],
  ])('that %s', (_, now, before, matters, lost) => {
    expect(mattersOf(reader, now, before)).toEqual(matters);
    expect(isLost(now)).toBe(lost);
    expect(readSubscribed({ body: { ...now } })).toEqual({ ...now, since: null, waited: false });
  });

  it('are told with what to do', () => {
    const { subject, kind, text } = subscriptionsNotice(['shop: the topic is gone'], AT);

    expect({ subject, kind }).toEqual({
      subject: '[Cavendish] 1 subscription to look after',
      kind: 'subscription-lost',
    });
    const plain = text.replaceAll(/\s+/gu, ' ');
    expect(plain).toContain('* shop: the topic is gone');
    expect(plain).toMatch(/pending: open the mail.*gone: subscribe again.*cavendish doctor --home aws:STACK/u);
  });
});
