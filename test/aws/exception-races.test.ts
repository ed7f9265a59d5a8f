/** Two people decide at the same time, a thousand times on either register. */
import { afterAll, beforeAll, jest } from '@jest/globals';

import { openLocalStore } from '../../lib/adapters/local/store/local-store.ts';
import { exceptionRaces } from '../contracts/exception-races.ts';
import { startTables, type Tables } from './parts/register.ts';

jest.setTimeout(300_000);
let tables: Tables;

beforeAll(async () => {
  tables = await startTables();
}, 120_000);
afterAll(() => tables.stop());

exceptionRaces('DynamoDB Local', 1000, () => tables.open());

exceptionRaces('SQLite', 1000, () => openLocalStore(':memory:'));
