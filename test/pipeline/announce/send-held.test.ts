import { beforeEach, describe, expect, it } from '@jest/globals';

import { CavendishError } from '../../../lib/core/errors/error.ts';
import type { Digest } from '../../../lib/core/image/digest.ts';
import type { NoticeKind } from '../../../lib/core/notices/kinds.ts';
import { type Notice, noticeOf } from '../../../lib/core/notices/notice.ts';
import { operatorOf } from '../../../lib/core/notices/routing.ts';
import { announceVerdicts } from '../../../lib/pipeline/announce/announce-verdicts.ts';
import { sendHeld } from '../../../lib/pipeline/announce/send-held.ts';
import { roundUpSender, type Telling, tellTopic } from '../../../lib/pipeline/announce/tell-topic.ts';
import type { RegisterStore } from '../../../lib/pipeline/ports/register-store.ts';
import { readNotices } from '../../../lib/pipeline/read-notices/read-notices.ts';
import { anAnnouncingHome, aSubscriber, OPERATOR_TOPIC, topicOf } from '../../support/announcing.ts';
import { aDigest, anAssessment, aPlacement } from '../../support/assessments.ts';
import { aLetter } from '../../support/notices.ts';

const HOUR = 60 * 60_000;
const SHOP = { name: 'shop', topicArn: topicOf('shop') };
const MOST = 4;
/** Of four an hour one is kept for what goes first. */
const CHATTER = 3;

type Home = ReturnType<typeof anAnnouncingHome>;

let home: Home;

beforeEach(() => {
  home = anAnnouncingHome([aSubscriber('shop')]);
});

function telling(of: Pick<Home['dependencies'], 'register' | 'evidence' | 'topics'> = home.dependencies): Telling {
  return { ...home.dependencies, ...of, operator: operatorOf(OPERATOR_TOPIC), mostAnHour: () => Promise.resolve(MOST) };
}

function aNoticeOf(id: string, kind: NoticeKind): Notice {
  const headline = `what is ${id}`;
  const at = new Date(home.time.now).toISOString();
  return noticeOf({ ...{ id, kind, at, to: 'shop', about: headline }, letter: aLetter({ headline }) });
}

async function tell(name: string, kind: NoticeKind = 'judged-again', to = SHOP) {
  const { outcome } = await tellTopic(to, aNoticeOf(name, kind), 'foot', telling());
  return outcome;
}

async function tellMany(count: number, prefix = 'n'): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (let place = 0; place < count; place += 1) outcomes.push(await tell(`${prefix}${String(place)}`));
  return outcomes;
}

async function flush(of = home.dependencies) {
  const parts = telling(of);
  return await sendHeld({ ...parts, send: roundUpSender({ ...parts, operatorTopic: OPERATOR_TOPIC }) });
}

/** In how many messages each of so many notices stands. */
function timesTold(names: readonly string[]): readonly number[] {
  return names.map((name) => home.messages.filter(({ text }) => text.includes(`what is ${name}\n`)).length);
}

describe('what is more than an hour has room for', () => {
  it('waits, is counted, and leaves in one message once there is room', async () => {
    expect(await tellMany(6)).toEqual([...Array<string>(CHATTER).fill('sent'), 'held', 'held', 'held']);
    expect(await flush()).toEqual({ roundUps: 0, notices: 0 });
    home.time.now += HOUR;

    expect(await flush()).toEqual({ roundUps: 1, notices: 3 });
    expect(home.messages).toHaveLength(CHATTER + 1);
    expect(home.messages.at(-1)).toMatchObject({
      topicArn: SHOP.topicArn,
      subject: '[Cavendish] 3 notices held back: 3 of other kinds',
      attributes: { kind: 'round-up' },
    });
    expect(home.messages.at(-1)?.text).toMatch(/\n--\nYou are told as subscriber shop\.\n$/u);
    expect(await flush()).toEqual({ roundUps: 0, notices: 0 });
  });

  it('is in the inbox once it went out, with the round-up that it went out in', async () => {
    await tellMany(4);
    const november = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-30T00:00:00.000Z' };
    expect(await readNotices(home.register, november)).toHaveLength(CHATTER);
    home.time.now += HOUR;
    await flush();

    const sent = await readNotices(home.register, november);
    const whole = sent.find(({ kind }) => kind === 'round-up')!;
    const held = sent.find(({ roundUp }) => roundUp !== null)!;
    expect(sent).toHaveLength(CHATTER + 2);
    expect(held).toMatchObject({ messageId: whole.messageId, kind: 'judged-again', to: 'shop' });
    const text = new TextDecoder().decode(await home.evidence.get(whole.text as Digest));
    expect(text).toBe(home.messages.at(-1)!.text);
  });

  it('is not told besides when it is tried again, waiting or gone', async () => {
    await tellMany(4);
    expect(await tell('n3')).toBe('known');
    const before = home.time.now;
    home.time.now += HOUR;
    await flush();
    const count = home.messages.length;
    home.time.now = before;

    expect(await tellMany(4)).toEqual(Array(4).fill('known'));
    home.time.now += 3 * HOUR;
    expect(await flush()).toEqual({ roundUps: 0, notices: 0 });
    expect(home.messages).toHaveLength(count);
  });

  it('lets what goes first pass, up to the limit, and names it first where that is reached', async () => {
    await tellMany(5);
    expect(await tell('kev', 'exploited')).toBe('sent');
    expect(await tell('kev-2', 'exploited')).toBe('held');
    home.time.now += HOUR;
    await flush();

    const { subject, text } = home.messages.at(-1)!;
    expect(subject).toBe('[Cavendish] 3 notices held back: 1 first of all, 2 of other kinds');
    expect(text.indexOf('what is kev-2')).toBeLessThan(text.indexOf('what is n3'));
  });

  it('of two boxes that wait, sends the one that was closed, then the other', async () => {
    await tellMany(4);
    home.time.now += HOUR;
    home.refusals.set(SHOP.topicArn, new CavendishError('unavailable', 'SNS is busy'));
    await expect(flush()).rejects.toThrow('SNS is busy');
    home.refusals.clear();
    await tellMany(4, 'm');

    expect(await flush()).toEqual({ roundUps: 1, notices: 1 });
    home.time.now += HOUR;
    expect(await flush()).toEqual({ roundUps: 1, notices: 2 });
    expect(timesTold(['n3', 'm2', 'm3']).every((times) => times > 0)).toBe(true);
  });

  it('goes to the operator where the topic is gone meanwhile, if there is room', async () => {
    await tellMany(4);
    home.time.now += HOUR;
    home.refusals.set(SHOP.topicArn, new CavendishError('not-found', 'no such topic'));
    for (let place = 0; place < MOST; place += 1)
      await tell(`o${String(place)}`, 'exploited', operatorOf(OPERATOR_TOPIC));

    expect(await flush()).toEqual({ roundUps: 0, notices: 0 });
    home.time.now += HOUR;
    expect(await flush()).toEqual({ roundUps: 1, notices: 1 });
    expect(home.messages.at(-1)).toMatchObject({ topicArn: OPERATOR_TOPIC });
    expect(home.messages.at(-1)!.text.replaceAll(/\s+/gu, ' ')).toContain('the subscriber shop, whose topic is gone');
  });

  it('keeps nobody from theirs because another can not be reached', async () => {
    await tellMany(4);
    const pay = { name: 'pay', topicArn: topicOf('pay') };
    for (let place = 0; place < 4; place += 1) await tell(`p${String(place)}`, 'judged-again', pay);
    home.time.now += HOUR;
    home.refusals.set(pay.topicArn, new CavendishError('unavailable', 'SNS is busy'));

    await expect(flush()).rejects.toThrow('SNS is busy');
    expect(home.messages.at(-1)).toMatchObject({ topicArn: SHOP.topicArn });
    home.refusals.clear();
    expect(await flush()).toEqual({ roundUps: 1, notices: 1 });
  });

  it('holds each verdict of a batch, and lists them like every round-up', async () => {
    await tellMany(CHATTER);
    const works = await Promise.all(
      Array.from({ length: 120 }, (_, place) => `shop/${String(place)}`).map((repository) =>
        home.owe(anAssessment({ placement: aPlacement({ repository, digest: aDigest(repository) }) })),
      ),
    );
    const announcing = { ...home.dependencies, mostAnHour: () => Promise.resolve(MOST) };
    const { failures, noticesSent, noticesHeldBack } = await announceVerdicts(works, announcing);

    expect([failures.size, noticesSent, noticesHeldBack]).toEqual([0, 0, 120]);
    expect(await announceVerdicts(works, announcing)).toMatchObject({ noticesSent: 0, noticesHeldBack: 0 });
    home.time.now += HOUR;
    expect(await flush()).toEqual({ roundUps: 1, notices: 120 });
    expect(home.messages.at(-1)!.text).toContain('No-go (120)');
    expect(home.messages.at(-1)!.text).toContain('  ... and 95 more');
  });
});

describe('a death', () => {
  function mortal(diesAt: number, when: 'before' | 'after') {
    let step = 0;
    const wrap =
      <Args extends readonly unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        step += 1;
        const dies = step === diesAt;
        if (dies && when === 'before') throw new Error('died');
        const result = await call(...args);
        if (dies) throw new Error('died');
        return result;
      };
    const { register, evidence, topics } = home.dependencies;
    const dying: RegisterStore = {
      get: wrap(register.get.bind(register)),
      query: wrap(register.query.bind(register)),
      commit: wrap(register.commit.bind(register)),
    };
    return {
      parts: {
        ...home.dependencies,
        register: dying,
        evidence: { ...evidence, put: wrap(evidence.put.bind(evidence)) },
        topics: { publish: wrap(topics.publish.bind(topics)) },
      },
      steps: () => step,
    };
  }

  it.each(['before', 'after'] as const)('%s any step of telling and sending loses nothing', async (when) => {
    for (let diesAt = 1; ; diesAt += 1) {
      home = anAnnouncingHome([aSubscriber('shop')]);
      await tellMany(CHATTER);
      const { parts, steps } = mortal(diesAt, when);
      const late = aNoticeOf('late', 'judged-again');
      const [told] = await Promise.allSettled([tellTopic(SHOP, late, 'foot', telling(parts))]);
      home.time.now += HOUR;
      const [sent] = await Promise.allSettled([flush(parts)]);
      if (steps() < diesAt) break;

      // As whoever runs it next finds it: the work again, then two sweeps, the claim of the dead one lapsed.
      if (told.status === 'rejected') await tellTopic(SHOP, late, 'foot', telling());
      home.time.now += HOUR;
      await flush();
      await flush();
      const times = home.messages.filter(({ text }) => text.includes('what is late')).length;
      expect(times).toBeGreaterThanOrEqual(1);
      // Twice at most, where the topic took it and that was not written down; then it is the same message.
      expect(times).toBeLessThanOrEqual(told.status === 'rejected' || sent.status === 'rejected' ? 2 : 1);
    }
  });
});
