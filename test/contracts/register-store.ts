/**
 * What every register store does, whatever it is made of. Run on SQLite, on the model, and on both
 * with indexes that lag; the DynamoDB adapter is held to the same.
 */
import { describe } from '@jest/globals';

import { describeCommits } from './register-store/commits.ts';
import type { OpenRegister } from './register-store/fixture.ts';
import { describeIndexes } from './register-store/indexes.ts';
import { describeLimits } from './register-store/limits.ts';
import { describeQueries } from './register-store/queries.ts';

export function registerStoreContract(name: string, open: OpenRegister): void {
  describe(`${name} keeps the contract of a register store:`, () => {
    describeCommits(open);
    describeLimits(open);
    describeQueries(open);
    describeIndexes(open);
  });
}
