/** A timer fires: from its message to SNS, over a real register; SNS refuses, the register refuses, and both in turn. */
import { CreateScheduleCommand, DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

import { createHandler } from '../../../functions/remind/handler.ts';
import { remindingOf } from '../../../functions/shared/reminding.ts';
import { schedulerTimers } from '../../../lib/adapters/aws/scheduler/timers.ts';
import { snsTopics } from '../../../lib/adapters/aws/sns/topics.ts';
import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import type { RegisterStore } from '../../../lib/pipeline/ports/register-store.ts';
import { remind } from '../../../lib/pipeline/reminders/remind.ts';
import { aSubscriber, OPERATOR_TOPIC, topicOf } from '../../support/announcing.ts';
import { aDigest } from '../../support/assessments.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';
import { aDated, REMINDED_APPETITE } from '../../support/reminding.ts';
import { aContext, aQueueEvent, aRecord } from '../support/lambda.ts';
import { type FakeParts, fakeParts, watchLog } from '../support/parts.ts';

const clients = {
  sns: new SNSClient({ region: 'eu-central-1' }),
  scheduler: new SchedulerClient({ region: 'eu-central-1' }),
};
const [sns, scheduler] = [mockClient(clients.sns), mockClient(clients.scheduler)];
const DUE = aDated({ to: ['Olive Owner'] });
const RUNG = Date.parse('2027-05-31T09:00:00.000Z');
const QUARTER = 15 * 60_000;
const AWAY = Object.assign(new Error('because'), {
  name: 'InternalErrorException',
  $metadata: { httpStatusCode: 500 },
});

let store: ReturnType<typeof openLocalStore>;
let parts: FakeParts;
let now: number;
/** Which commits fail. */
let refused: (commit: Commit) => boolean;

beforeEach(async () => {
  watchLog();
  store = openLocalStore(':memory:');
  parts = fakeParts();
  now = Date.parse(DUE.since);
  refused = () => false;
  sns.reset();
  scheduler.reset();
  sns.on(PublishCommand).callsFake(() => ({ MessageId: `m-${mails().length}` }));
  scheduler.on(CreateScheduleCommand).resolves({}).on(DeleteScheduleCommand).resolves({});
  await subscribed('olive', ['email Olive@example.org']);
  await look();
  scheduler.resetHistory();
  now = RUNG;
});
afterEach(() => {
  jest.restoreAllMocks();
  store.close();
});

async function subscribed(reader: string, confirmed: readonly string[]): Promise<void> {
  const key = { pk: 'SUBSCRIPTIONS', sk: reader };
  const stored = await store.register.get(key);
  const body = { topic: 'there', confirmed, pending: [] };
  const when = stored === null ? 'absent' : { version: stored.version };
  await store.register.commit({ puts: [{ item: { ...key, body }, when }] });
}

const mails = () => sns.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input);
const referenceOf = (text = '') => /^Reference: (\S+)$/mu.exec(text)?.[1];

/** The timer's message comes. @returns whether it is brought again */
async function look(): Promise<boolean> {
  const register: RegisterStore = {
    ...store.register,
    commit: async (commit) => {
      if (refused(commit)) throw new CavendishError('unavailable', 'DynamoDB did not answer');
      await store.register.commit(commit);
    },
  };
  const clock = () => new Date(now);
  const reminding = remindingOf({
    ...{
      register,
      evidence: memoryEvidence(),
      topics: snsTopics(clients.sns),
      operatorTopic: OPERATOR_TOPIC,
      now: clock,
    },
    ...{ mostAnHour: () => Promise.resolve(10), roundUpsOnly: () => Promise.resolve(new Set<string>()) },
    readers: () => Promise.resolve([aSubscriber('shop'), aSubscriber('olive')]),
    appetite: () => Promise.resolve({ hash: aDigest('a'), source: 'a test', value: REMINDED_APPETITE }),
    timers: schedulerTimers(clients.scheduler, { group: 'g', queueArn: 'q', deadLetterArn: 'd', roleArn: 'r' }),
  });
  const handler = createHandler({
    ...{ ...parts, source: 'remind', queue: store.work, clock, handlers: () => Promise.resolve({}) },
    remind: async (ladder) =>
      (await remind(ladder, clock(), { ...(await reminding()), dated: () => Promise.resolve(DUE) })).outcome,
  });
  const { kind, subject } = DUE;
  // A batch of which every message fails is thrown as a whole: one that nobody can read is a dead letter, and no failure.
  const event = aQueueEvent(aRecord({ kind, subject }), aRecord('poison', { id: 'poison' }));
  return (await handler(event, aContext())).batchItemFailures.length > 0;
}

type Commit = Parameters<RegisterStore['commit']>[0];
/** That a rung was told. */
const isRung = ({ history = [] }: Commit) => history.some(({ sk }) => sk.startsWith('RUNG#'));
/** That SNS took a message. */
const isSent = ({ puts, history = [] }: Commit) =>
  [...puts.map(({ item }) => item), ...history].some(({ pk }) => pk.startsWith('NOTICES#'));

describe('a timer that fires', () => {
  it('tells whose it is by their own topic, once, and the next timer is set', async () => {
    expect([await look(), await look()]).toEqual([false, false]);

    expect(mails()).toMatchObject([
      { TopicArn: topicOf('olive'), Message: expect.stringContaining('subscriber olive') },
    ]);
    expect(
      scheduler.commandCalls(CreateScheduleCommand).map(({ args: [{ input }] }) => input.ScheduleExpression),
    ).toContain('at(2027-06-16T09:00:00)');
    expect(parts.outcomes.counts).toMatchObject({ remindersSent: 1 });
  });

  it('stays owed where SNS refuses it: it is brought again, and told then', async () => {
    sns
      .on(PublishCommand)
      .rejectsOnce(AWAY)
      .callsFake(() => ({ MessageId: 'm' }));

    expect(await look()).toBe(true);
    now += QUARTER;
    expect(await look()).toBe(false);
    expect(await look()).toBe(false);
    expect(parts.outcomes.counts).toMatchObject({ remindersSent: 1 });
  });

  it('is told once where the register has that SNS took it, and refuses the rung', async () => {
    refused = isRung;
    expect(await look()).toBe(true);
    refused = () => false;
    now += QUARTER;
    expect(await look()).toBe(false);

    expect(mails()).toHaveLength(1);
    expect(parts.outcomes.counts).toMatchObject({ remindersSent: 1 });
  });

  it('may be told twice where the register refuses all of it, and then by the same reference', async () => {
    refused = isSent;
    expect(await look()).toBe(true);
    refused = () => false;
    now += QUARTER;
    expect(await look()).toBe(false);
    expect(await look()).toBe(false);

    const references = mails().map(({ Message }) => referenceOf(Message));
    expect(references).toEqual([expect.any(String), references[0]]);
    expect(parts.outcomes.counts).toMatchObject({ remindersSent: 1 });
  });

  it('is told in the end where SNS refuses it, and then the register', async () => {
    sns
      .on(PublishCommand)
      .rejectsOnce(AWAY)
      .callsFake(() => ({ MessageId: 'm' }));
    expect(await look()).toBe(true);
    refused = isSent;
    now += QUARTER;
    expect(await look()).toBe(true);
    refused = () => false;
    now += QUARTER;
    expect(await look()).toBe(false);

    const [, first, second, ...more] = mails();
    expect(referenceOf(second?.Message)).toBe(referenceOf(first?.Message));
    expect(more).toEqual([]);
  });

  it('is told all the same where the next timer can not be set: the message comes again, and tells nobody', async () => {
    scheduler.on(CreateScheduleCommand).rejectsOnce(AWAY).resolves({});

    expect(await look()).toBe(true);
    expect(await look()).toBe(false);
    expect(mails()).toHaveLength(1);
  });

  it('stays owed where nothing reaches whose it is, and the operator hears of that once', async () => {
    await subscribed('olive', []);
    expect([await look(), await look()]).toEqual([false, false]);
    expect(mails()).toMatchObject([
      { TopicArn: OPERATOR_TOPIC, Message: expect.stringContaining('olive@example.org') },
    ]);
    expect(parts.outcomes.counts).toMatchObject({ remindersUnreachable: 2 });

    await subscribed('olive', ['email olive@example.org']);
    await look();
    expect(mails()[1]).toMatchObject({ TopicArn: topicOf('olive') });
  });

  it('goes to the topic that the fewest others read', async () => {
    await subscribed('shop', ['email olive@example.org', 'email everybody@example.org']);
    await look();

    expect(mails().map(({ TopicArn }) => TopicArn)).toEqual([topicOf('olive')]);
  });
});
