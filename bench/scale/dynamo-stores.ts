/**
 * A register moved to DynamoDB Local as it stands: filled item by item, since to push ten thousand images to it would
 * take an hour.
 */
import { DatabaseSync } from 'node:sqlite';
import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';

import { attributesOf } from '../../lib/adapters/aws/register/item.ts';
import { dynamoRegister } from '../../lib/adapters/aws/register/register.ts';
import { dynamoWork } from '../../lib/adapters/aws/register/work.ts';
import { itemOf, type Row } from '../../lib/adapters/local/store/row.ts';
import { startDynamoDbLocal } from '../../test/aws/parts/dynamodb-local.ts';
import { createRegisterTable, testDynamoDb } from '../../test/support/register-table.ts';
import type { Stores } from './large-home.ts';

const TABLE = 'register';
/** What BatchWriteItem takes, and how many of them are under way. */
const [PER_BATCH, AT_ONCE] = [25, 8];

/** Evidence stays where it is. What waits in the outbox is left behind: do it before. */
export async function onDynamoDb({ file, evidence }: Pick<Stores, 'file' | 'evidence'>): Promise<Stores> {
  const local = await startDynamoDbLocal();
  const client = testDynamoDb(local.endpoint);
  await createRegisterTable(client, TABLE);
  await copyItems(file, client);
  return {
    register: dynamoRegister({ client, table: TABLE }),
    work: dynamoWork({ client, table: TABLE, leaseSeconds: 960 }),
    ...{ evidence, file },
    async close() {
      client.destroy();
      await local.stop();
    },
  };
}

async function copyItems(file: string, client: DynamoDBClient): Promise<void> {
  const database = new DatabaseSync(file, { readOnly: true });
  const waiting = new Set<Promise<void>>();
  let batch: WriteRequest[] = [];

  async function send(): Promise<void> {
    const sending = putAll(batch, client).finally(() => waiting.delete(sending));
    waiting.add(sending);
    batch = [];
    if (waiting.size === AT_ONCE) await Promise.race(waiting);
  }

  for (const row of database.prepare('SELECT * FROM items').iterate() as Iterable<unknown> as Iterable<Row>) {
    const { body, size, version } = row;
    batch.push({ PutRequest: { Item: attributesOf(itemOf(row), { text: body, size }, version) } });
    if (batch.length === PER_BATCH) await send();
  }
  if (batch.length > 0) await send();
  await Promise.all(waiting);
  database.close();
}

async function putAll(requests: WriteRequest[], client: DynamoDBClient): Promise<void> {
  let left: WriteRequest[] | undefined = requests;
  while (left !== undefined && left.length > 0) {
    const request: BatchWriteItemCommand = new BatchWriteItemCommand({ RequestItems: { [TABLE]: left } });
    left = (await client.send(request)).UnprocessedItems?.[TABLE];
  }
}
