/**
 * People are reminded by the deployed home: a timer on moto's Scheduler, its message, the bundle `remind`, and moto's SNS.
 * Clocks of bundles are set to when a rung is due; SNS and the register refuse what the bundle asks of them. And whoever can
 * not be told: a subscription that is pending, one that is deleted, a topic that is gone.
 */
import { DeleteTopicCommand, paginateListSubscriptionsByTopic, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { OUTPUTS } from '../../lib/stacks/functions/names.ts';
import { type AwsHome, openAwsHome } from './home.ts';
import { cavendishJson } from './parts/command-line.ts';
import type { Heard } from './parts/ears.ts';
import {
  brought,
  dayIn,
  deployed,
  fires,
  type FoundSchedule,
  granted,
  meterOf,
  type Reader,
  removed,
  schedulesOf,
  subscribed,
  timerOf,
} from './reminded.ts';

jest.setTimeout(900_000);

const MINUTE = 60_000;

let home: AwsHome;
let readers: { readonly olive: Reader; readonly amir: Reader };
let exception: string;
beforeAll(async () => {
  home = await openAwsHome();
  readers = {
    olive: await subscribed(home, 'olive', 'olive@example.com'),
    amir: await subscribed(home, 'amir', 'amir@example.com'),
  };
  await subscribed(home, 'liz', 'liz@example.com');
  await subscribed(home, 'petra', 'pending-petra@example.com');
  await swept();
  exception = await granted(home);
  await heard();
});
afterAll(() => home.stop());

/** The sweep runs. @returns what it found */
async function swept(): Promise<Readonly<Record<string, number>>> {
  const { result, error } = await deployed(home, 'sweep').invoke({});
  if (error !== null) throw new Error(`the sweep failed: ${error}`);
  return result as Readonly<Record<string, number>>;
}

/** What came to each since the last time. */
async function heard() {
  const { olive, amir } = readers;
  const { operator, subscriber } = home.ears;
  const [ofOlive, ofAmir] = [await olive.ear.take(), await amir.ear.take()];
  return { olive: ofOlive, amir: ofAmir, operator: await operator.take(), subscriber: await subscriber.take() };
}

const subjects = (messages: readonly Heard[]) => messages.map(({ subject }) => subject);
const references = (messages: readonly Heard[]) =>
  messages.map(({ text }) => /^Reference: (\S+)$/mu.exec(text)?.[1] ?? text);
/** Without the breaks of its lines. */
const unwrapped = (message: Heard | undefined) => message?.text.replaceAll(/\s+/gu, ' ') ?? '';
const later = ({ at }: FoundSchedule, minutes: number) => new Date(Date.parse(at) + minutes * MINUTE);

describe('an exception that is granted', () => {
  it('has a timer for the next rung of its end and of its review', async () => {
    const found = await schedulesOf(home);

    expect(new Map(found.map(({ input, at }) => [input, at]))).toEqual(
      new Map([
        [JSON.stringify({ kind: 'expiry', subject: exception }), `${dayIn(3)}T09:00:00.000Z`],
        [JSON.stringify({ kind: 'review', subject: exception }), `${dayIn(4)}T09:00:00.000Z`],
      ]),
    );
  });

  it('reminds owner and approver when its timer fires, each by their own topic, once, and sets the next', async () => {
    const timer = await fires(home, 'expiry');

    const { olive, amir, operator } = await heard();
    expect(subjects(olive)).toEqual([expect.stringMatching(/^\[Cavendish\] Exception ends in 7 days: /u)]);
    expect(olive[0]?.text).toContain('You are told as subscriber olive.');
    expect(olive[0]?.text).toContain(`cavendish exception renew ${exception}`);
    expect(subjects(amir)).toEqual(subjects(olive));
    expect(operator).toEqual([]);
    expect(await timerOf(home, 'expiry')).toMatchObject({ at: `${dayIn(9)}T09:00:00.000Z` });

    expect(await brought(home, timer, later(timer, 1))).toBe(false);
    expect(await heard()).toMatchObject({ olive: [], amir: [], operator: [] });
  });
});

describe('a rung that is due', () => {
  it('stays owed while SNS refuses it, and is told once when it no longer does', async () => {
    const timer = await timerOf(home, 'review');
    const meter = meterOf(home, 'remind');
    meter.refuse((what) => what === 'SNS Publish');
    expect(await brought(home, timer, later(timer, 0))).toBe(true);
    expect(await heard()).toMatchObject({ olive: [], amir: [], operator: [] });

    meter.refuse(null);
    expect(await brought(home, timer, later(timer, 15))).toBe(false);
    expect(await brought(home, timer, later(timer, 30))).toBe(false);
    const { olive, amir } = await heard();
    expect([olive, amir].map(references)).toEqual([[expect.any(String)], [expect.any(String)]]);
  });

  it('is told once where the register has what SNS took, and refuses the rung', async () => {
    const timer = await timerOf(home, 'expiry');
    const meter = meterOf(home, 'remind');
    meter.refuse(isCommitOf('RUNG#'));
    expect(await brought(home, timer, later(timer, 0))).toBe(true);
    meter.refuse(null);
    expect(await brought(home, timer, later(timer, 15))).toBe(false);

    const { olive, amir } = await heard();
    expect([olive, amir].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('may be told twice where the register refuses all of it, and then by the same reference', async () => {
    const timer = await timerOf(home, 'expiry');
    const meter = meterOf(home, 'remind');
    meter.refuse(isCommitOf('RUNG#', 'NOTICES#'));
    expect(await brought(home, timer, later(timer, 0))).toBe(true);
    meter.refuse(null);
    expect(await brought(home, timer, later(timer, 15))).toBe(false);
    expect(await brought(home, timer, later(timer, 30))).toBe(false);

    const { olive, amir } = await heard();
    for (const [first, ...others] of [olive, amir].map(references)) expect(others).toEqual([first]);
  });

  it('is told in the end where SNS refuses it, and then the register', async () => {
    const timer = await timerOf(home, 'expiry');
    const meter = meterOf(home, 'remind');
    meter.refuse((what) => what === 'SNS Publish');
    expect(await brought(home, timer, later(timer, 0))).toBe(true);
    meter.refuse(isCommitOf('RUNG#', 'NOTICES#'));
    expect(await brought(home, timer, later(timer, 15))).toBe(true);
    meter.refuse(null);
    expect(await brought(home, timer, later(timer, 30))).toBe(false);
    expect(await brought(home, timer, later(timer, 45))).toBe(false);

    const { olive, amir } = await heard();
    for (const [first, ...others] of [olive, amir].map(references)) expect(others).toEqual([first]);
  });

  it('comes to the operator where the topic of whoever it is for is gone, and says so', async () => {
    await home.clients.sns.send(new DeleteTopicCommand({ TopicArn: readers.olive.topic }));
    const timer = await timerOf(home, 'expiry');
    expect(await brought(home, timer, later(timer, 0))).toBe(false);

    const { amir, operator } = await heard();
    expect(amir).toHaveLength(1);
    expect(operator.map(({ text }) => text)).toEqual([
      expect.stringContaining('This was for the subscriber olive, whose topic is gone'),
    ]);
  });
});

/** What the register is asked to write, by the beginning of its keys. */
function isCommitOf(...keys: readonly string[]) {
  return (what: string, body: string): boolean =>
    what === 'DynamoDB TransactWriteItems' && keys.some((key) => body.includes(`"${key}`));
}

/** As SNS does with what nobody confirmed in time, or somebody unsubscribed. */
async function unsubscribed(TopicArn: string): Promise<void> {
  const { sns: client } = home.clients;
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn })) {
    for (const { SubscriptionArn } of Subscriptions) await client.send(new UnsubscribeCommand({ SubscriptionArn }));
  }
}

describe('a sweep', () => {
  const states = async () => {
    const subscribers = (await cavendishJson(home, 'subscribers')) as readonly Listed[];
    return Object.fromEntries(subscribers.map(({ name, state }) => [name, state]));
  };

  it('tells the operator of a subscription that was deleted, and of a topic that is gone, at its next run', async () => {
    const liz = readers.olive.topic.replace(/olive$/u, 'liz');
    const ofStack = { operator: 'confirmed', security: 'confirmed' };
    const made = { olive: 'confirmed', amir: 'confirmed', liz: 'confirmed', petra: 'pending' };
    expect(await states()).toEqual({ ...ofStack, ...made });
    await unsubscribed(liz);
    const { subscriptionsLost } = await swept();

    // The two, and who is pending.
    expect(subscriptionsLost).toBe(3);
    const { operator } = await heard();
    expect(operator).toHaveLength(1);
    expect(unwrapped(operator[0])).toContain('liz: email liz@example.com was subscribed and no longer is');
    expect(unwrapped(operator[0])).toContain('olive: the topic is gone');
    expect(await states()).toMatchObject({ liz: 'lost', olive: 'lost', petra: 'pending' });
    await swept();
    expect((await heard()).operator).toEqual([]);
  });

  it('tells of one that is pending for a day, and makes right the timers that somebody changed', async () => {
    await removed(home, await timerOf(home, 'review'));
    deployed(home, 'sweep').setClock(new Date(Date.now() + 25 * 60 * MINUTE));
    const { timersRepaired } = await swept();

    expect(timersRepaired).toBe(1);
    const { operator } = await heard();
    expect(operator.map(unwrapped)).toContainEqual(
      expect.stringContaining('petra: email pending-petra@example.com has not confirmed the subscription for a day'),
    );
  });

  it("tells by another subscription where nobody hears the operator's own", async () => {
    await unsubscribed(home.deployed.outputs[OUTPUTS.operatorTopic] ?? '');
    await swept();

    const { subscriber } = await heard();
    expect(subscriber.map(unwrapped)).toEqual([
      expect.stringMatching(/operator: nobody is subscribed to its topic.*nobody is subscribed to their own topic/u),
    ]);
  });
});

interface Listed {
  readonly name: string;
  readonly state: string;
}
