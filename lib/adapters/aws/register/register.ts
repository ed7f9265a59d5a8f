/** The register store on DynamoDB: one table, read consistently, written by transactions alone. */
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

import type { Clock } from '../../../pipeline/ports/clock.ts';
import type { RegisterStore } from '../../../pipeline/ports/register-store.ts';
import { askAws } from '../failures.ts';
import { commitAll } from './commit.ts';
import { checkOwnKey, itemOf, keyAttributes } from './item.ts';
import { placesOf } from './order.ts';
import { queryPage } from './query.ts';
import { writesOf } from './writes.ts';

export interface DynamoRegisterOptions {
  readonly client: DynamoDBClient;
  /** The table's name or ARN. */
  readonly table: string;
  /** @default the machine's - for the order of outbox entries, and for nothing else */
  readonly clock?: Clock;
}

export function dynamoRegister({ client, table, clock = () => new Date() }: DynamoRegisterOptions): RegisterStore {
  const nextPlace = placesOf(clock);
  return {
    async get(key) {
      checkOwnKey(key);
      const request = new GetItemCommand({ TableName: table, Key: keyAttributes(key), ConsistentRead: true });
      const { Item: held } = await askAws('dynamodb:GetItem', () => client.send(request));
      return held === undefined ? null : itemOf(held);
    },
    query: (query) => queryPage(client, table, query),
    commit: async (commit) => commitAll(client, writesOf(table, commit, nextPlace)),
  };
}
