import { beforeEach, describe, expect, it } from '@jest/globals';

import { CavendishError } from '../../../lib/core/errors/error.ts';
import type { Digest } from '../../../lib/core/image/digest.ts';
import { announceVerdicts } from '../../../lib/pipeline/announce/announce-verdicts.ts';
import { sendHeld } from '../../../lib/pipeline/announce/send-held.ts';
import { roundUpSender } from '../../../lib/pipeline/announce/tell-topic.ts';
import type { TopicMessage } from '../../../lib/pipeline/ports/topics.ts';
import type { Work } from '../../../lib/pipeline/ports/work-queue.ts';
import { readNotices } from '../../../lib/pipeline/read-notices/read-notices.ts';
import { anAnnouncingHome, aSubscriber, OPERATOR_TOPIC, topicOf } from '../../support/announcing.ts';
import { aDigest, anAssessment, aPlacement } from '../../support/assessments.ts';

const AWAY = new CavendishError('unavailable', 'SNS has no room for more requests just now');
const GONE = new CavendishError('not-found', 'SNS has no topic');
const NOVEMBER = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-30T00:00:00.000Z' };

let home: ReturnType<typeof anAnnouncingHome>;

beforeEach(() => {
  home = anAnnouncingHome([
    aSubscriber('shop', { repositories: ['shop/*'] }),
    aSubscriber('bad-news', { verdicts: ['no-go', 'unknown'] }),
  ]);
});

async function owed(...repositories: readonly string[]): Promise<Work[]> {
  return await Promise.all(
    repositories.map((repository) =>
      home.owe(anAssessment({ placement: aPlacement({ repository, digest: aDigest(repository) }) })),
    ),
  );
}

async function sent() {
  return await readNotices(home.register, NOVEMBER);
}

const many = ['shop/a', 'shop/b', 'shop/c', 'shop/d'];

describe('announceVerdicts', () => {
  it('sends a notice to everybody who wants it, and an event to the bus', async () => {
    const { failures, noticesSent, noticesHeldBack } = await announceVerdicts(
      await owed('shop/cart'),
      home.dependencies,
    );

    expect({ failures: failures.size, noticesSent, noticesHeldBack }).toEqual({
      failures: 0,
      noticesSent: 2,
      noticesHeldBack: 0,
    });
    expect(home.messages.map(({ topicArn, subject }) => [topicArn, subject])).toEqual([
      [topicOf('shop'), '[Cavendish] NO-GO: shop/cart:1.0 (production), 1 vulnerability, 1 criterion broken'],
      [topicOf('bad-news'), '[Cavendish] NO-GO: shop/cart:1.0 (production), 1 vulnerability, 1 criterion broken'],
    ]);
    expect(home.messages[0]!.text).toContain('You are told as subscriber shop.');
    expect(home.messages[0]!.attributes).toEqual({
      kind: 'verdict-changed',
      repository: 'shop/cart',
      stage: 'production',
      verdict: 'no-go',
    });
    expect(home.told.map(({ type }) => type)).toEqual(['Verdict Changed']);
  });

  it('gives the operator what nobody wants, and says so', async () => {
    const go = await home.owe(anAssessment({ verdict: 'go', blocking: false, reasons: [] }));
    await announceVerdicts([go], home.dependencies);

    expect(home.messages.map(({ topicArn }) => topicArn)).toEqual([OPERATOR_TOPIC]);
    expect(home.messages[0]!.text).toContain('No subscriber wants this notice');
  });

  it('sends three one by one, and one more as a round-up that counts them all', async () => {
    await announceVerdicts(await owed('x/a', 'x/b', 'x/c'), home.dependencies);
    expect(home.messages).toHaveLength(3);

    const { noticesSent, noticesHeldBack } = await announceVerdicts(await owed(...many), home.dependencies);
    expect({ noticesSent, noticesHeldBack }).toEqual({ noticesSent: 2, noticesHeldBack: 8 });
    expect(home.messages.slice(3).map(({ topicArn, subject }) => [topicArn, subject])).toEqual([
      [topicOf('shop'), '[Cavendish] 4 verdicts changed: 4 no-go'],
      [topicOf('bad-news'), '[Cavendish] 4 verdicts changed: 4 no-go'],
    ]);
    expect(home.told).toHaveLength(7);
  });

  it('remembers what was sent to whom, with its text, and in which round-up', async () => {
    await announceVerdicts(await owed(...many), home.dependencies);

    const toShop = (await sent()).filter(({ to }) => to === 'shop');
    const whole = toShop.find(({ kind }) => kind === 'round-up')!;
    const held = toShop.filter(({ kind }) => kind === 'verdict-changed');
    expect(held.map(({ subject }) => subject.slice(0, 29)).sort()).toEqual(
      many.map((name) => `[Cavendish] NO-GO: ${name}:1.0`),
    );
    expect(new Set(held.map(({ messageId }) => messageId))).toEqual(new Set([whole.messageId]));
    expect(held.every(({ roundUp }) => roundUp?.startsWith('round-up-') === true)).toBe(true);
    const text = new TextDecoder().decode(await home.evidence.get(whole.text as Digest));
    expect(text).toBe(home.messages[0]!.text);
  });

  it('sends nothing again when it is run again, alone or in another batch', async () => {
    const works = await owed(...many);
    await announceVerdicts(works, home.dependencies);
    await announceVerdicts(works.slice(0, 1), home.dependencies);
    await announceVerdicts([...works].reverse(), home.dependencies);

    expect(home.messages).toHaveLength(2);
  });

  it('leaves owed only what a topic refused, and then sends only that', async () => {
    home.refusals.set(topicOf('shop'), AWAY);
    const works = await owed('shop/cart', 'x/a');
    const { failures } = await announceVerdicts(works, home.dependencies);

    expect([...failures]).toEqual([[works[0]!.id, AWAY]]);
    home.refusals.clear();
    await announceVerdicts(works.slice(0, 1), home.dependencies);
    expect(home.messages.map(({ topicArn }) => topicArn)).toEqual(
      ['bad-news', 'bad-news', 'shop'].map((name) => topicOf(name)),
    );
  });

  it('gives the operator what was for a topic that is gone', async () => {
    home.refusals.set(topicOf('shop'), GONE);
    const { failures } = await announceVerdicts(await owed('shop/cart'), home.dependencies);

    expect(failures.size).toBe(0);
    const toOperator = home.messages.find(({ topicArn }) => topicArn === OPERATOR_TOPIC)!;
    expect(toOperator.text).toContain('the subscriber shop, whose topic is gone');
    expect((await sent()).map(({ to }) => to).sort()).toEqual(['bad-news', 'operator-for-shop']);
  });

  it('leaves it owed where the topic of the operator is gone too', async () => {
    home.refusals.set(topicOf('shop'), GONE).set(OPERATOR_TOPIC, GONE);
    const works = await owed('shop/cart');
    const { failures } = await announceVerdicts(works, home.dependencies);

    expect([...failures]).toEqual([[works[0]!.id, GONE]]);
  });

  it('leaves owed whose event the bus did not take, and tells its readers once', async () => {
    const works = await owed('shop/cart', 'x/a');
    home.untaken.add(works[1]!.id.replace('announce-verdict', 'verdict-changed'));
    const { failures } = await announceVerdicts(works, home.dependencies);

    expect([...failures.keys()]).toEqual([works[1]!.id]);
    home.untaken.clear();
    await announceVerdicts(works.slice(1), home.dependencies);
    expect(home.messages).toHaveLength(3);
    expect(home.told).toHaveLength(2);
  });

  it('tells the readers also where the bus does not answer', async () => {
    const works = await owed('shop/cart');
    const events = { publish: () => Promise.reject(AWAY) };
    const { failures, noticesSent } = await announceVerdicts(works, { ...home.dependencies, events });

    expect({ noticesSent, failed: [...failures] }).toEqual({ noticesSent: 2, failed: [[works[0]!.id, AWAY]] });
  });

  it('fails alone where an assessment is not in the evidence store', async () => {
    const [good, bad] = await owed('shop/cart', 'shop/lost');
    home.evidence.held.delete(bad!.body['assessment'] as Digest);
    const { failures, noticesSent } = await announceVerdicts([good!, bad!], home.dependencies);

    expect(noticesSent).toBe(2);
    expect([...failures.keys()]).toEqual([bad!.id]);
  });

  it('cuts a notice that no topic would take, and says by how much', async () => {
    // What is quoted is cut short anyhow; a command never is.
    const repository = 'x'.repeat(300_000);
    const placement = aPlacement({ repository, digest: aDigest(repository) });
    await announceVerdicts([await home.owe(anAssessment({ placement }))], home.dependencies);

    const [{ text }] = home.messages as [TopicMessage];
    expect(Buffer.byteLength(text)).toBeLessThan(256 * 1024);
    expect(text).toMatch(
      /\n\.\.\. and \d+ lines more, which did not fit[^]*\n--\nYou are told as subscriber bad-news\.\n$/u,
    );
  });

  it('tells of 2,000 verdicts within the pace, and of each verdict once', async () => {
    let messages = 0;
    for (let batch = 0; batch < 20; batch += 1) {
      const works = await owed(...Array.from({ length: 100 }, (_, place) => `shop/b${batch}-${place}`));
      const { failures, noticesSent, noticesHeldBack } = await announceVerdicts(works, home.dependencies);
      expect({ failed: failures.size, noticesHeldBack }).toEqual({ failed: 0, noticesHeldBack: 200 });
      messages += noticesSent;
    }

    // Of ten an hour a quarter is kept for what goes first; the rest waits, and leaves in one.
    expect(messages).toBe(14);
    home.time.now += 60 * 60_000;
    const { dependencies } = home;
    expect(await sendHeld({ ...dependencies, send: roundUpSender(dependencies) })).toEqual({
      ...{ roundUps: 2, notices: 2600 },
    });
    expect(home.messages.slice(-2).map(({ subject }) => subject)).toEqual([
      '[Cavendish] 1300 notices held back: 1300 verdicts (1300 no-go)',
      '[Cavendish] 1300 notices held back: 1300 verdicts (1300 no-go)',
    ]);
    const told = (await sent()).filter(({ kind }) => kind === 'verdict-changed');
    expect(new Set(told.map(({ assessment, to }) => `${assessment} ${to}`)).size).toBe(4000);
    expect(new Set(home.told.map(({ detail }) => detail.id)).size).toBe(2000);
  });

  it('tells of an unknown image by an event of its own', async () => {
    const gap = { kind: 'feed-missing', subject: 'kev', message: 'no KEV is held', tolerated: false } as const;
    const unknown = await home.owe(anAssessment({ verdict: 'unknown', reasons: [], gaps: [gap] }));
    await announceVerdicts([unknown], home.dependencies);

    expect(home.told.map(({ type }) => type)).toEqual(['Verdict Changed', 'Image Unknown']);
  });
});
