import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

import { sqsDeadLetters } from '../../../../lib/adapters/aws/queues/dead-letters.ts';
import { putOff } from '../../../../lib/adapters/aws/queues/put-off.ts';
import { sqsWorkMessages } from '../../../../lib/adapters/aws/queues/work-messages.ts';

const client = new SQSClient({ region: 'eu-central-1' });
const sqs = mockClient(client);
const urls = new Map([
  ['judge', 'https://sqs.example/judge'],
  ['announce', 'https://sqs.example/announce'],
]);
const messages = sqsWorkMessages({ client, urlOf: (type) => urls.get(type) ?? null });
const letters = sqsDeadLetters({ client, url: 'https://sqs.example/dead' });

function named(name: string, status?: number): Error {
  return Object.assign(new Error('because'), { name, $metadata: { httpStatusCode: status } });
}

beforeEach(() => {
  sqs.reset();
});

describe('messages that name work', () => {
  const batches = () => sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input);

  it('go to the queue of their type, ten at a time, with nothing but their names', async () => {
    sqs.on(SendMessageBatchCommand).resolves({});
    const work = Array.from({ length: 12 }, (_, at) => ({ id: `j${at}`, type: 'judge' }));
    const unsent = await messages.send([...work, { id: 'a1', type: 'announce', delaySeconds: 30 }]);

    expect(unsent).toEqual([]);
    expect(batches().map(({ QueueUrl, Entries = [] }) => [QueueUrl, Entries.length])).toEqual([
      ['https://sqs.example/judge', 10],
      ['https://sqs.example/judge', 2],
      ['https://sqs.example/announce', 1],
    ]);
    expect(batches()[2]?.Entries).toEqual([
      { Id: '0', MessageBody: '{"id":"a1","type":"announce"}', DelaySeconds: 30 },
    ]);
  });

  it('are named where SQS did not take them, and the others are sent', async () => {
    sqs
      .on(SendMessageBatchCommand)
      .resolves({ Failed: [{ Id: '1', Code: 'InternalError', Message: 'try again', SenderFault: false }] });

    expect(await messages.send(['a', 'b', 'c'].map((id) => ({ id, type: 'judge' })))).toEqual([
      { id: 'b', cause: 'SQS did not take it: try again' },
    ]);
  });

  it('are not sent at all where no queue carries one of them', async () => {
    await expect(
      messages.send([
        { id: 'a', type: 'judge' },
        { id: 'b', type: 'other' },
      ]),
    ).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('other') });
    expect(sqs.calls()).toEqual([]);
  });
});

describe('a dead letter', () => {
  it('is the message as it came, with where it came from and its cause', async () => {
    sqs.on(SendMessageCommand).resolves({});
    await letters.put({ source: 'events', body: '{"a":1}', cause: 'image-digest: not a digest' });

    expect(sqs.commandCalls(SendMessageCommand)[0]?.args[0].input).toEqual({
      QueueUrl: 'https://sqs.example/dead',
      MessageBody: '{"a":1}',
      MessageAttributes: {
        source: { DataType: 'String', StringValue: 'events' },
        cause: { DataType: 'String', StringValue: 'image-digest: not a digest' },
      },
    });
  });

  it.each([
    { what: 'empty', body: '', cause: '', carried: ['an empty message', 'no cause given'] },
    {
      what: 'not for SQS to carry',
      body: 'a\u0000b',
      cause: 'c\u001Bd\uD800',
      carried: ['a\uFFFDb', 'c\uFFFDd\uFFFD'],
    },
    { what: 'beyond the first plane', body: '🍌', cause: '🍌', carried: ['🍌', '🍌'] },
  ])('is carried where it is $what', async ({ body, cause, carried }) => {
    sqs.on(SendMessageCommand).resolves({});
    await letters.put({ source: 'events', body, cause });
    const { MessageBody, MessageAttributes } = sqs.commandCalls(SendMessageCommand)[0]!.args[0].input;

    expect([MessageBody, MessageAttributes?.['cause']?.StringValue]).toEqual(carried);
  });

  it('keeps the beginning of a long cause', async () => {
    sqs.on(SendMessageCommand).resolves({});
    await letters.put({ source: 'events', body: 'a', cause: 'x'.repeat(5000) });

    const { MessageAttributes } = sqs.commandCalls(SendMessageCommand)[0]!.args[0].input;
    expect(MessageAttributes?.['cause']?.StringValue).toHaveLength(1024);
  });
});

describe('putting a message off', () => {
  const now = new Date('2026-11-24T12:00:00Z');

  it.each([
    { until: '2026-11-24T12:00:02.100Z', seconds: 3 },
    { until: '2026-11-24T11:59:00Z', seconds: 0 },
    { until: '2026-11-30T00:00:00Z', seconds: 43_200 },
  ])('until $until hides it for $seconds s', async ({ until, seconds }) => {
    sqs.on(ChangeMessageVisibilityCommand).resolves({});
    await putOff(client, 'https://sqs.example/events', 'receipt', { now, until: new Date(until) });

    expect(sqs.commandCalls(ChangeMessageVisibilityCommand)[0]?.args[0].input).toEqual({
      QueueUrl: 'https://sqs.example/events',
      ReceiptHandle: 'receipt',
      VisibilityTimeout: seconds,
    });
  });
});

describe('where SQS fails', () => {
  const asks = {
    'sqs:SendMessageBatch': () => messages.send([{ id: 'a', type: 'judge' }]),
    'sqs:SendMessage': () => letters.put({ source: 'events', body: 'a', cause: 'b' }),
    'sqs:ChangeMessageVisibility': () => putOff(client, 'u', 'r', { now: new Date(0), until: new Date(0) }),
  };

  it.each(
    Object.entries(asks).flatMap(([action, ask]) =>
      [
        named('ThrottlingException', 400),
        named('InternalError', 500),
        named('ServiceUnavailable', 503),
        named('TimeoutError'),
        named('AccessDenied', 403),
        named('QueueDoesNotExist', 400),
      ].map((error) => ({ action, ask, error, name: error.name })),
    ),
  )('$action is unavailable after $name, and names the action', async ({ action, ask, error }) => {
    sqs.onAnyCommand().rejects(error);

    await expect(ask()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(action),
      next: expect.stringMatching(/\w/u),
    });
  });
});
