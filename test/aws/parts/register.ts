/** Registers on one DynamoDB Local, each in a table of its own. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { dynamoRegister } from '../../../lib/adapters/aws/register/register.ts';
import { dynamoWork } from '../../../lib/adapters/aws/register/work.ts';
import { createRegisterTable, testDynamoDb } from '../../support/register-table.ts';
import { startDynamoDbLocal } from './dynamodb-local.ts';

const LEASE_SECONDS = 60;

export interface Tables {
  readonly client: DynamoDBClient;
  open(): Promise<OpenTable>;
  stop(): Promise<void>;
}

export type OpenTable = Awaited<ReturnType<typeof openTable>>;

async function openTable(client: DynamoDBClient, table: string) {
  await createRegisterTable(client, table);
  return {
    table,
    register: dynamoRegister({ client, table }),
    work: dynamoWork({ client, table, leaseSeconds: LEASE_SECONDS }),
    leaseSeconds: LEASE_SECONDS,
    settle: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

export async function startTables(): Promise<Tables> {
  const local = await startDynamoDbLocal();
  const client = testDynamoDb(local.endpoint);
  let tables = 0;
  return {
    client,
    open: () => openTable(client, `register-${(tables += 1)}`),
    async stop() {
      client.destroy();
      await local.stop();
    },
  };
}
