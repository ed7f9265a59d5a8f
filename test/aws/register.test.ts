/** The register and its outbox on DynamoDB Local, with DynamoDB's own rules: the whole contract. */
import { afterAll, beforeAll } from '@jest/globals';

import { registerStoreContract } from '../contracts/register-store.ts';
import { storeModelContract } from '../contracts/store-model.ts';
import { workQueueContract } from '../contracts/work-queue.ts';
import { delayIndexes } from '../support/delay-indexes.ts';
import { startTables, type Tables } from './parts/register.ts';

let tables: Tables;

beforeAll(async () => {
  tables = await startTables();
}, 120_000);
afterAll(() => tables.stop());

registerStoreContract('DynamoDB', () => tables.open());

registerStoreContract('DynamoDB, with indexes that lag,', async () => {
  const store = await tables.open();
  const delayed = delayIndexes(store.register);
  return { ...store, register: delayed, settle: async () => delayed.settle() };
});

workQueueContract('DynamoDB', () => tables.open());

storeModelContract('the register on DynamoDB', () => tables.open(), 60);
