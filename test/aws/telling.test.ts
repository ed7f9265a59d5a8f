/** Who is told what, on DynamoDB Local: claims, rungs, turns and counts by DynamoDB's own transactions. */
import { afterAll, beforeAll, jest } from '@jest/globals';

import { remindersContract } from '../contracts/reminders.ts';
import { stormContract } from '../contracts/storm.ts';
import { startTables, type Tables } from './parts/register.ts';

jest.setTimeout(120_000);

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
}, 120_000);
afterAll(() => tables.stop());

const open = async () => (await tables.open()).register;

remindersContract('DynamoDB Local', open);

// As many as keep it short: 2 to 41 of each owner. SQLite has the 5,000.
stormContract('DynamoDB Local', open, { storm: { least: 2, more: 1 }, ways: ['aws'] });
