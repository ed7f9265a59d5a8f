/** The whole contract of the register and its outbox on DynamoDB Local, with DynamoDB's own rules. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from '@jest/globals';

import { dynamoRegister } from '../../lib/adapters/aws/register/register.ts';
import { dynamoWork } from '../../lib/adapters/aws/register/work.ts';
import { registerStoreContract } from '../contracts/register-store.ts';
import { workQueueContract } from '../contracts/work-queue.ts';
import { delayIndexes } from '../support/delay-indexes.ts';
import { createRegisterTable, testDynamoDb } from '../support/register-table.ts';
import { type DynamoDbLocal, startDynamoDbLocal } from './parts/dynamodb-local.ts';

const LEASE_SECONDS = 60;

let local: DynamoDbLocal;
let client: DynamoDBClient;
let tables = 0;

beforeAll(async () => {
  local = await startDynamoDbLocal();
  client = testDynamoDb(local.endpoint);
}, 120_000);

afterAll(async () => {
  client.destroy();
  await local.stop();
});

async function openTable() {
  const table = `register-${(tables += 1)}`;
  await createRegisterTable(client, table);
  return {
    register: dynamoRegister({ client, table }),
    work: dynamoWork({ client, table, leaseSeconds: LEASE_SECONDS }),
    leaseSeconds: LEASE_SECONDS,
    settle: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

registerStoreContract('DynamoDB', openTable);

registerStoreContract('DynamoDB, with indexes that lag,', async () => {
  const store = await openTable();
  const delayed = delayIndexes(store.register);
  return { ...store, register: delayed, settle: async () => delayed.settle() };
});

workQueueContract('DynamoDB', openTable);
