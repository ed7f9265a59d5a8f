/** A commit as the writes of one DynamoDB transaction, each with what its failing would mean. */
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';

import { sizeCommit, type Sized } from '../../../pipeline/ports/register-limits.ts';
import type { Commit, Item, OutboxEntry, Put } from '../../../pipeline/ports/register-store.ts';
import { TABLE_KEY } from '../../../stacks/register-table/names.ts';
import { newEntry } from './entry.ts';
import { type Attributes, attributesOf, BODY, checkOwnKey, indexAttributeNames, VERSION } from './item.ts';

export interface Write {
  readonly item: TransactWriteItem;
  /**
   * What it means that its condition does not hold: a conflict, in words; or null where the write can be
   * left out, since what is there is as it should be and never changes.
   *
   * @param held - what is there, as far as DynamoDB was asked for it
   */
  readonly refused: (held: Attributes | undefined) => string | null;
}

const ABSENT = { says: 'attribute_not_exists(#pk)', names: { '#pk': TABLE_KEY.partition } } as const;

function putWrite(table: string, { item, when }: Put, sized: Sized): Write {
  const name = `${item.pk} ${item.sk}`;
  if (when === 'absent') {
    const Item = attributesOf(item, sized, 1);
    return {
      item: {
        Put: { TableName: table, Item, ConditionExpression: ABSENT.says, ExpressionAttributeNames: ABSENT.names },
      },
      refused: () => `${name} is there already`,
    };
  }
  return {
    item: {
      Put: {
        TableName: table,
        Item: attributesOf(item, sized, when.version + 1),
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': VERSION },
        ExpressionAttributeValues: { ':version': { N: String(when.version) } },
      },
    },
    refused: () => `${name} is not version ${when.version}`,
  };
}

/**
 * History is put where absent, and compared only where it is there: a condition on the body would count
 * it a second time towards the 4 MB of a transaction.
 */
function historyWrite(table: string, item: Item, sized: Sized): Write {
  const mine = attributesOf(item, sized, 1);
  const saying = [BODY, ...indexAttributeNames()];
  return {
    item: {
      Put: {
        TableName: table,
        Item: mine,
        ConditionExpression: ABSENT.says,
        ExpressionAttributeNames: ABSENT.names,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refused: (held = {}) =>
      saying.every((name) => held[name]?.S === mine[name]?.S)
        ? null
        : `${item.pk} ${item.sk} is history, and says something else`,
  };
}

function outboxWrite(table: string, entry: OutboxEntry, { text }: Sized, place: string): Write {
  return {
    item: {
      Put: {
        TableName: table,
        Item: newEntry(entry, text, place),
        ConditionExpression: ABSENT.says,
        ExpressionAttributeNames: ABSENT.names,
      },
    },
    refused: () => null,
  };
}

/**
 * The writes of a commit, checked against the limits of the register first.
 *
 * @param nextPlace - gives each outbox entry its place
 * @throws CavendishError `bad-input`, `limit-exceeded`
 */
export function writesOf(table: string, commit: Commit, nextPlace: () => string): readonly Write[] {
  const { puts, history = [], outbox = [] } = commit;
  const sized = sizeCommit(commit);
  for (const item of [...puts.map((put) => put.item), ...history]) checkOwnKey(item);
  return [
    ...zip(puts, sized.puts).map(([put, size]) => putWrite(table, put, size)),
    ...zip(history, sized.history).map(([item, size]) => historyWrite(table, item, size)),
    ...zip(outbox, sized.outbox).map(([entry, size]) => outboxWrite(table, entry, size, nextPlace())),
  ];
}

function zip<A, B>(left: readonly A[], right: readonly B[]): (readonly [A, B])[] {
  return right.map((value, place) => [left[place] as A, value] as const);
}
