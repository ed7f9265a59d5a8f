/**
 * dynalite, a DynamoDB in memory that needs nothing but Node, with a register's table in it.
 *
 * It has no transactions, so nothing commits to it: tests seed it item by item and read it by the adapter.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

import { placesOf } from '../../lib/adapters/aws/register/order.ts';
import { writesOf } from '../../lib/adapters/aws/register/writes.ts';
import type { Commit } from '../../lib/pipeline/ports/register-store.ts';
import { createRegisterTable, testDynamoDb } from './register-table.ts';

type Dynalite = (options: { readonly createTableMs: number }) => Server;

export interface SeededTable {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  readonly table: string;
  /** Writes what a commit would, one item after the other, and not all or nothing. */
  seed(commit: Commit): Promise<void>;
  close(): Promise<void>;
}

export async function startDynalite(): Promise<SeededTable> {
  const dynalite = createRequire(import.meta.url)('dynalite') as Dynalite;
  const server = dynalite({ createTableMs: 0 }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = testDynamoDb(endpoint);
  const table = 'register';
  await createRegisterTable(client, table);
  const nextPlace = placesOf(() => new Date());
  return {
    client,
    endpoint,
    table,
    async seed(commit) {
      for (const { item } of writesOf(table, commit, nextPlace)) {
        if (item.Put !== undefined) await client.send(new PutItemCommand(item.Put));
      }
    },
    async close() {
      client.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
