/**
 * Commits: one TransactWriteItems each, and what becomes of it where DynamoDB cancels it.
 *
 * There is no other way to write the register, not for a single item either: one way has one set of
 * faults. A try that got no answer is made again under the same token, so it is not done twice.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  type CancellationReason,
  type DynamoDBClient,
  TransactionCanceledException,
  TransactionInProgressException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';

import { CavendishError } from '../../../core/errors/error.ts';
import { explainAws } from '../failures.ts';
import type { Write } from './writes.ts';

const ACTION = 'dynamodb:TransactWriteItems';

/** Tries where others write the same items at the same moment: some two seconds at most. */
const MOST_TRIES = 8;
const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 500;

/** Reasons that pass by themselves. */
const PASSING = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Why it is worth another try: others write these items now, or DynamoDB has no room. */
type Again = { readonly why: string } | { readonly without: ReadonlySet<Write> };

function busy(why: string, cause: unknown): CavendishError {
  return new CavendishError(
    'unavailable',
    `DynamoDB did not take a commit after ${MOST_TRIES} tries (${ACTION}: ${why})`,
    {
      next: 'Try again in a minute: nothing was written.',
      cause,
    },
  );
}

/**
 * What a cancelled transaction means.
 *
 * A condition of the caller that does not hold decides, whatever else went wrong. What is there already
 * and never changes (outbox entries, the same history) is left out of the next try.
 */
function judge(writes: readonly Write[], reasons: readonly CancellationReason[], error: unknown): Again {
  const without = new Set<Write>();
  for (const [place, write] of writes.entries()) {
    const { Code, Item } = reasons[place] ?? {};
    if (Code !== 'ConditionalCheckFailed') continue;
    const conflict = write.refused(Item);
    if (conflict !== null) throw new CavendishError('conflict', conflict, { cause: error });
    without.add(write);
  }
  if (without.size > 0) return { without };
  const passing = reasons.find(({ Code }) => Code !== undefined && PASSING.has(Code));
  if (passing === undefined) throw error;
  return { why: passing.Code ?? '' };
}

/**
 * Writes all or nothing.
 *
 * @throws CavendishError `conflict`, `unavailable`
 */
export async function commitAll(client: DynamoDBClient, writes: readonly Write[]): Promise<void> {
  let left = writes;
  let token = randomUUID();
  for (let attempt = 1; left.length > 0; attempt += 1) {
    try {
      await client.send(
        new TransactWriteItemsCommand({ TransactItems: left.map(({ item }) => item), ClientRequestToken: token }),
      );
      return;
    } catch (error) {
      const again = judgeFailure(left, error);
      if ('without' in again) {
        left = left.filter((write) => !again.without.has(write));
        token = randomUUID();
        continue;
      }
      if (attempt >= MOST_TRIES) throw busy(again.why, error);
    }
    await setTimeout(Math.random() * Math.min(FIRST_PAUSE * 2 ** attempt, LONGEST_PAUSE));
  }
}

function judgeFailure(writes: readonly Write[], error: unknown): Again {
  if (error instanceof TransactionCanceledException) return judge(writes, error.CancellationReasons ?? [], error);
  // The try before this one, whose answer was lost, is still under way.
  if (error instanceof TransactionInProgressException) return { why: error.name };
  throw explainAws(error, ACTION);
}
