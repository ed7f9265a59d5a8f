/** A commit as the writes of one DynamoDB transaction, each with what its failing would mean. */
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';

import { sizeCommit, type Sized } from '../../../pipeline/ports/register-limits.ts';
import type { Commit, Item, OutboxEntry, Put } from '../../../pipeline/ports/register-store.ts';
import { TABLE_KEY } from '../../../stacks/register-table/names.ts';
import { newEntry } from './entry.ts';
import { attributesOf, BODY, checkOwnKey, indexAttributes, keyAttributes, VERSION } from './item.ts';

export interface Write {
  readonly item: TransactWriteItem;
  /** What it means that its condition does not hold; null where that is none of the caller's business. */
  readonly conflict: string | null;
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
      conflict: `${name} is there already`,
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
    conflict: `${name} is not version ${when.version}`,
  };
}

/** An update that leaves what is there as it is, and holds only where that says the same. */
function historyWrite(table: string, item: Item, { text }: Sized): Write {
  const keys = indexAttributes(item).map(([name, value], place) => ({
    name,
    value,
    as: `#k${place}`,
    is: `:k${place}`,
  }));
  const listed = keys.filter(({ value }) => value !== undefined);
  const same = keys.map(({ as, is, value }) => (value === undefined ? `attribute_not_exists(${as})` : `${as} = ${is}`));
  const sets = [
    '#body = :body',
    '#version = if_not_exists(#version, :one)',
    ...listed.map(({ as, is }) => `${as} = ${is}`),
  ];
  return {
    item: {
      Update: {
        TableName: table,
        Key: keyAttributes(item),
        UpdateExpression: `SET ${sets.join(', ')}`,
        ConditionExpression: `${ABSENT.says} OR (${['#body = :body', ...same].join(' AND ')})`,
        ExpressionAttributeNames: {
          ...ABSENT.names,
          '#body': BODY,
          '#version': VERSION,
          ...Object.fromEntries(keys.map(({ as, name }) => [as, name])),
        },
        ExpressionAttributeValues: {
          ':body': { S: text },
          ':one': { N: '1' },
          ...Object.fromEntries(listed.map(({ is, value = '' }) => [is, { S: value }])),
        },
      },
    },
    conflict: `${item.pk} ${item.sk} is history, and says something else`,
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
    conflict: null,
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
