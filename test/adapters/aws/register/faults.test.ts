/** What becomes of a commit and of a claim for each thing that DynamoDB may answer. */
import {
  type CancellationReason,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactionInProgressException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

import { dynamoRegister } from '../../../../lib/adapters/aws/register/register.ts';
import { dynamoWork } from '../../../../lib/adapters/aws/register/work.ts';
import type { Commit } from '../../../../lib/pipeline/ports/register-store.ts';
import type { Work } from '../../../../lib/pipeline/ports/work-queue.ts';
import { anEntry, anItem } from '../../../contracts/register-store/fixture.ts';

const client = new DynamoDBClient({ region: 'eu-central-1' });
const dynamo = mockClient(client);
const register = dynamoRegister({ client, table: 'T' });
const work = dynamoWork({ client, table: 'T', leaseSeconds: 60 });

const NOW = new Date('2026-11-23T00:00:00Z');
const COMMIT: Commit = {
  puts: [{ item: anItem('a'), when: { version: 3 } }],
  history: [anItem('h')],
  outbox: [anEntry('e'), anEntry('f')],
};

function cancelled(...codes: readonly (string | undefined)[]): TransactionCanceledException {
  return new TransactionCanceledException({
    $metadata: { httpStatusCode: 400 },
    message: 'cancelled',
    CancellationReasons: codes.map((Code = 'None'): CancellationReason => ({ Code })),
  });
}

function failure(name: string, httpStatusCode = 400): Error {
  return Object.assign(new Error('because'), { name, $metadata: { httpStatusCode } });
}

/** What was sent: how many writes each time, and under which token. */
function sent(): { readonly writes: number; readonly token: string | undefined }[] {
  return dynamo.commandCalls(TransactWriteItemsCommand).map(({ args: [{ input }] }) => ({
    writes: input.TransactItems?.length ?? 0,
    token: input.ClientRequestToken,
  }));
}

beforeEach(() => void dynamo.reset());
afterEach(() => void dynamo.reset());

describe('a commit to DynamoDB', () => {
  const answers = (...errors: readonly Error[]): void => {
    const command = dynamo.on(TransactWriteItemsCommand);
    errors.reduce((behaviour, error) => behaviour.rejectsOnce(error), command);
    command.resolves({});
  };

  it.each<[string, (string | undefined)[], string]>([
    ['a put whose version is another', ['ConditionalCheckFailed'], 'P a is not version 3'],
    [
      'history that says something else',
      [undefined, 'ConditionalCheckFailed'],
      'P h is history, and says something else',
    ],
    [
      'a put, and an outbox entry too',
      ['ConditionalCheckFailed', undefined, 'ConditionalCheckFailed'],
      'P a is not version 3',
    ],
    [
      'a put, and another writer too',
      [undefined, 'ConditionalCheckFailed', undefined, 'TransactionConflict'],
      'P h is history',
    ],
  ])('is a conflict at once where DynamoDB cancels it for %s', async (_, codes, says) => {
    answers(cancelled(...codes));
    await expect(register.commit(COMMIT)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(says),
    });
    expect(sent()).toHaveLength(1);
  });

  it('is sent again without the outbox entries that are there already, as another transaction', async () => {
    answers(cancelled(undefined, undefined, 'ConditionalCheckFailed'));
    await register.commit(COMMIT);
    const [first, second] = sent();
    expect([first?.writes, second?.writes]).toEqual([4, 3]);
    expect(first?.token).not.toBe(second?.token);
  });

  it('is sent again without the history that is there already and says the same', async () => {
    const Item = { pk: { S: 'P' }, sk: { S: 'h' }, version: { N: '1' }, body: { S: '{}' } };
    const reasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item }];
    answers(new TransactionCanceledException({ $metadata: {}, message: 'x', CancellationReasons: reasons }));
    await register.commit(COMMIT);
    expect(sent().map(({ writes }) => writes)).toEqual([4, 3]);
  });

  it('is done where nothing but outbox entries is left out', async () => {
    answers(cancelled('ConditionalCheckFailed', 'ConditionalCheckFailed'));
    await register.commit({ puts: [], outbox: [anEntry('e'), anEntry('f')] });
    expect(sent()).toHaveLength(1);
  });

  it.each<[string, Error]>([
    ['others write the same items', cancelled(undefined, 'TransactionConflict')],
    ['a partition has no room', cancelled('ProvisionedThroughputExceeded')],
    ['DynamoDB throttles', cancelled(undefined, undefined, 'ThrottlingError')],
    [
      'its first try is still under way',
      new TransactionInProgressException({ $metadata: {}, Message: 'x', message: 'x' }),
    ],
  ])(
    'is tried again under its token where %s, and is unavailable in the end',
    async (_, error) => {
      answers(error, error);
      await register.commit(COMMIT);
      expect(sent()).toHaveLength(3);
      expect(new Set(sent().map(({ token }) => token)).size).toBe(1);

      dynamo.reset();
      dynamo.on(TransactWriteItemsCommand).rejects(error);
      await expect(register.commit(COMMIT)).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('after 8 tries'),
        next: expect.stringContaining('nothing was written'),
      });
      expect(sent()).toHaveLength(8);
    },
    20_000,
  );

  it.each<[string, Error, object]>([
    ['throttles the table', failure('ThrottlingException'), { code: 'unavailable' }],
    ['fails inside', failure('InternalServerError', 500), { code: 'unavailable' }],
    ['does not answer', failure('TimeoutError', undefined), { code: 'unavailable' }],
    ['refuses the caller', failure('AccessDeniedException'), { code: 'unavailable' }],
    ['has no such table', failure('ResourceNotFoundException'), { code: 'unavailable' }],
    ['finds the request wrong, which is a bug', failure('ValidationException'), { name: 'ValidationException' }],
    ['finds a write wrong, which is a bug', cancelled('ValidationError'), { name: 'TransactionCanceledException' }],
  ])('ends where DynamoDB %s', async (_, error, expected) => {
    answers(error);
    await expect(register.commit(COMMIT)).rejects.toMatchObject(expected);
    expect(sent()).toHaveLength(1);
  });

  it('sends nothing where it is empty', async () => {
    await register.commit({ puts: [] });
    expect(sent()).toEqual([]);
  });
});

describe('everything that is asked of DynamoDB', () => {
  const held: Work = { id: 'e', type: 'judge', body: {}, at: NOW.toISOString(), attempt: 1, lapsed: 0 };

  it.each<[string, string, () => Promise<unknown>]>([
    ['a read', 'dynamodb:GetItem', () => register.get({ pk: 'P', sk: 'a' })],
    ['a query', 'dynamodb:Query', () => register.query({ pk: 'P' })],
    ['a claim', 'dynamodb:Query', () => work.claim(NOW)],
    ['what is due', 'dynamodb:Query', () => work.due(NOW, 1)],
    ['the state', 'dynamodb:Query', () => work.state()],
    ['taking', 'dynamodb:UpdateItem', () => work.take('e', NOW)],
    ['reviving', 'dynamodb:UpdateItem', () => work.revive('e')],
    ['ending', 'dynamodb:UpdateItem', () => work.done(held)],
    ['putting back', 'dynamodb:UpdateItem', () => work.retry(held, 'x', NOW)],
    ['burying', 'dynamodb:UpdateItem', () => work.bury(held, 'x')],
  ])('is unavailable, by its action, where it gets no answer: %s', async (_, action, ask) => {
    dynamo.on(GetItemCommand).rejects(failure('InternalServerError', 500));
    dynamo.on(QueryCommand).rejects(failure('ThrottlingException'));
    dynamo.on(UpdateItemCommand).rejects(failure('TimeoutError'));
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining(action) });
  });

  it('takes an entry in one request, also to hear that another holds it', async () => {
    const Item = { state: { S: 'waiting' }, due: { N: String(NOW.getTime() + 5000) } };
    dynamo.on(UpdateItemCommand).rejects(new ConditionalCheckFailedException({ $metadata: {}, message: 'x', Item }));
    expect(await work.take('e', NOW)).toEqual({ outcome: 'not-due', until: new Date(NOW.getTime() + 5000) });
    expect(dynamo.calls()).toHaveLength(1);
  });

  it('knows its own claim again where the answer to it was lost and the SDK asked once more', async () => {
    dynamo.on(UpdateItemCommand).callsFake(({ ExpressionAttributeValues: values }: UpdateItemCommandInput) => {
      const Item = {
        ...{ type: { S: 'judge' }, body: { S: '{}' }, state: { S: 'waiting' }, due: { N: '1' }, at: { S: 'then' } },
        ...{ attempt: { N: '2' }, lapsed: { N: '1' }, owner: values![':owner']! },
      };
      throw new ConditionalCheckFailedException({ $metadata: {}, message: 'x', Item });
    });
    expect(await work.take('e', NOW)).toEqual({
      outcome: 'taken',
      work: { id: 'e', type: 'judge', body: {}, at: 'then', attempt: 2, lapsed: 1 },
    });
  });

  it('passes over what another took while the index still showed it', async () => {
    const entry = (id: string, order: string) => ({
      ...{ pk: { S: `OUTBOX#${id}` }, sk: { S: 'ENTRY' }, type: { S: 'judge' }, dueOrder: { N: order } },
      due: { N: '0' },
    });
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [entry('taken', '1'), entry('free', '2')] })
      .resolves({});
    const taken = new ConditionalCheckFailedException({ $metadata: {}, message: 'x', Item: { state: { S: 'done' } } });
    dynamo
      .on(UpdateItemCommand)
      .rejectsOnce(taken)
      .resolves({
        Attributes: {
          ...{ type: { S: 'judge' }, body: { S: '{}' }, at: { S: NOW.toISOString() } },
          ...{ attempt: { N: '1' }, lapsed: { N: '0' } },
        },
      });
    expect(await work.claim(NOW)).toMatchObject({ id: 'free' });
  });
});
