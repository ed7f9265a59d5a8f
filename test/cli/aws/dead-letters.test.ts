/** Dead letters of a home on AWS: seen, sent again, put away; and never lost on the way. */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { dynamoWork } from '../../../lib/adapters/aws/register/work.ts';
import { type AwsTestHome, QUEUE_ARN, QUEUE_URL, startAwsHome } from '../../support/aws-home.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const SINCE = '2026-11-24T11:00:00.000Z';

let home: AwsTestHome;

/** A message of the dead-letter queue; what is said of it are its attributes. */
function aMessage(
  id: string,
  body: string,
  said: Record<string, string>,
  system: Record<string, string> = {},
): Message {
  return {
    MessageId: id,
    ReceiptHandle: `handle ${id}`,
    Body: body,
    Attributes: { SentTimestamp: String(Date.parse(SINCE)), ...system },
    MessageAttributes: Object.fromEntries(
      Object.entries(said).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]),
    ),
  };
}

function thereAre(...messages: readonly Message[]): void {
  home.mocks.sqs
    .on(ReceiveMessageCommand)
    .resolvesOnce({ Messages: [...messages] })
    .resolves({});
}

const inputs = <T>(command: new (input: never) => { readonly input: T }): readonly T[] =>
  home.mocks.sqs.commandCalls(command as never).map(({ args: [{ input }] }) => input as T);
const deleted = () =>
  inputs(DeleteMessageCommand as never).map((input) => (input as { ReceiptHandle: string }).ReceiptHandle);
const givenBack = () =>
  inputs(ChangeMessageVisibilityBatchCommand as never).flatMap((input) =>
    (input as { Entries: { ReceiptHandle: string; VisibilityTimeout: number }[] }).Entries.map(
      ({ ReceiptHandle: handle, VisibilityTimeout: seconds }) => `${handle}: ${String(seconds)}`,
    ),
  );

const EVENT = aMessage('m-event', '{"source":"aws.ecr"}', {
  source: 'events',
  cause: 'detail.image-digest: not a digest',
});
const WORK = aMessage('m-work', '{"id":"job","type":"announce-verdict"}', {
  source: 'announce',
  cause: 'the topic is gone',
});

/** Work that was set aside. */
async function buried(id: string): Promise<ReturnType<typeof dynamoWork>> {
  const { client, table, seed } = home.table;
  const work = dynamoWork({ client, table, leaseSeconds: 60 });
  await seed({ puts: [], outbox: [{ id, type: 'announce-verdict', body: {} }] });
  const taken = await work.take(id, new Date(SINCE));
  if (taken.outcome === 'taken') await work.bury(taken.work, 'the topic is gone');
  return work;
}

beforeAll(async () => {
  home = await startAwsHome(NOW);
});
afterAll(() => home.close());
beforeEach(() => {
  home.reset();
  home.mocks.sqs.on(SendMessageCommand).resolves({});
  home.mocks.sqs.on(SendMessageBatchCommand).resolves({});
});

describe('dead letters on AWS', () => {
  it('are none where there are none', async () => {
    expect(await home.run('dead-letters')).toMatchObject({ code: 0, stdout: 'None.\n' });
  });

  it('are listed with their causes, and given back at once', async () => {
    thereAre(EVENT, WORK);
    const { code, stdout } = await home.run('dead-letters', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      {
        id: 'job',
        source: 'announce',
        cause: 'the topic is gone',
        at: SINCE,
        work: 'announce-verdict',
        body: WORK.Body,
      },
      {
        id: 'm-event',
        source: 'events',
        cause: 'detail.image-digest: not a digest',
        at: SINCE,
        work: null,
        body: EVENT.Body,
      },
    ]);
    expect(givenBack()).toEqual(['handle m-event: 0', 'handle m-work: 0']);
    expect(deleted()).toEqual([]);
  });

  it.each([
    [
      'a queue whose function died',
      {},
      { DeadLetterQueueSourceArn: QUEUE_ARN('scan-1') },
      'scan',
      'out of time or memory',
    ],
    ['a rule', { RULE_ARN: 'arn:aws:events:x', ERROR_MESSAGE: 'no permission' }, {}, 'events', 'no permission'],
    ['nobody knows where', {}, { DeadLetterQueueSourceArn: QUEUE_ARN('other') }, 'unknown', 'out of time or memory'],
  ])('say where they are from: %s', async (_, said, system, source, cause) => {
    thereAre(aMessage('m', 'not JSON', said, system));
    const [letter] = JSON.parse((await home.run('dead-letters', '--json')).stdout) as object[];
    expect(letter).toMatchObject({ id: 'm', source, cause: expect.stringContaining(cause) });
  });

  it('are one with the work that was set aside, which is listed without a letter too', async () => {
    const work = await buried('job');
    thereAre(WORK);
    expect(JSON.parse((await home.run('dead-letters', '--json')).stdout)).toMatchObject([{ id: 'job', at: SINCE }]);
    thereAre();
    expect((await home.run('dead-letters')).stdout).toMatch(/outbox +announce-verdict +job +the topic is gone/u);
    await work.revive('job');
  });

  it('go back where they came from, and only then are taken away', async () => {
    const work = await buried('again');
    const letter = aMessage('m-again', '{"id":"again","type":"announce-verdict"}', {
      source: 'announce',
      cause: 'gone',
    });
    thereAre(EVENT, letter);

    const { code, stdout } = await home.run('dead-letters', 'redrive', '--all', '--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      { id: 'again', to: 'announce', says: 'put back into the outbox' },
      { id: 'm-event', to: 'events', says: 'sent to the events queue' },
    ]);
    expect(inputs(SendMessageCommand as never)).toEqual([{ QueueUrl: QUEUE_URL('events-1'), MessageBody: EVENT.Body }]);
    expect(inputs(SendMessageBatchCommand as never)).toMatchObject([
      { QueueUrl: QUEUE_URL('announce-1'), Entries: [{ MessageBody: '{"id":"again","type":"announce-verdict"}' }] },
    ]);
    expect(deleted()).toEqual(['handle m-again', 'handle m-event']);
    expect(await work.take('again', NOW)).toMatchObject({ outcome: 'taken', work: { attempt: 1 } });
  });

  it('go back by name, and leave the others', async () => {
    thereAre(EVENT, WORK);
    expect((await home.run('dead-letters', 'redrive', '--id', 'm-event')).code).toBe(0);
    expect(deleted()).toEqual(['handle m-event']);
    expect(givenBack()).toEqual(['handle m-work: 0']);
  });

  it('stay where their queue does not take them', async () => {
    thereAre(EVENT);
    const away = Object.assign(new Error('later'), { name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } });
    home.mocks.sqs.on(SendMessageCommand).rejects(away);
    const { code, stderr } = await home.run('dead-letters', 'redrive', '--all');
    expect(code).toBe(70);
    expect(stderr).toContain('sqs:SendMessage');
    expect(deleted()).toEqual([]);
    expect(givenBack()).toEqual(['handle m-event: 0']);
  });

  it('stay where the message about their work is not accepted, and the work is back in the outbox', async () => {
    const work = await buried('kept');
    thereAre(aMessage('m-kept', '{"id":"kept","type":"announce-verdict"}', { source: 'announce', cause: 'gone' }));
    const failed = { Id: '0', Code: 'InternalError', Message: 'later', SenderFault: false };
    home.mocks.sqs.on(SendMessageBatchCommand).resolves({ Failed: [failed] });
    const { code, stderr } = await home.run('dead-letters', 'redrive', '--all');
    expect({ code, deleted: deleted() }).toEqual({ code: 70, deleted: [] });
    expect(stderr).toContain('The sweep sends it');
    expect(await work.take('kept', NOW)).toMatchObject({ outcome: 'taken' });
  });

  it('that no queue takes back stay, and that is said', async () => {
    thereAre(aMessage('m-odd', '{"id":"x","type":"dance"}', { source: 'dispatch', cause: 'no queue carries dance' }));
    const { code, stdout } = await home.run('dead-letters', 'redrive', '--all');
    expect(code).toBe(1);
    expect(stdout).toContain('no queue takes work of the type dance back');
    expect(deleted()).toEqual([]);
  });

  it('are put away one by one, and printed as they came', async () => {
    thereAre(EVENT, WORK);
    const { code, stdout } = await home.run('dead-letters', 'discard', '--id', 'm-event');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ id: 'm-event', body: EVENT.Body }]);
    expect(deleted()).toEqual(['handle m-event']);
  });

  it('about work that was set aside are not put away', async () => {
    await buried('stays');
    thereAre(aMessage('m', '{"id":"stays","type":"announce-verdict"}', { source: 'announce', cause: 'gone' }));
    const { code, stderr } = await home.run('dead-letters', 'discard', '--id', 'stays');
    expect(code).toBe(64);
    expect(stderr).toContain('redrive --id stays');
    expect(deleted()).toEqual([]);
  });

  it.each([
    [['redrive'], 64, 'Say --id ID, or --all.'],
    [['redrive', '--all', '--id', 'x'], 64, 'Say --id ID, or --all.'],
    [['redrive', '--id', 'x'], 70, 'there is no dead letter x'],
    [['discard'], 64, "required option '--id <id...>'"],
  ])('refuse %j, and say what is right', async (argv, code, words) => {
    const ran = await home.run('dead-letters', ...argv);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(words);
  });

  it('that were taken before the queue failed are given back', async () => {
    const denied = Object.assign(new Error('no'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    home.mocks.sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [EVENT] })
      .rejects(denied);
    const { code, stderr } = await home.run('dead-letters');
    expect(code).toBe(70);
    expect(stderr).toContain('sqs:ReceiveMessage');
    expect(givenBack()).toEqual(['handle m-event: 0']);
  });
});
