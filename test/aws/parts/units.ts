/**
 * Request units of DynamoDB on demand.
 *
 * A write costs 1 for each KB of the item, begun ones counted whole, twice that in a transaction; a
 * strongly consistent read 1 for each 4 KB, half in an index. An item in an index is written there too.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html
 */
import { DUE_INDEX, TABLE_INDEXES } from '../../../lib/stacks/register-table/names.ts';

export interface Units {
  readonly read: number;
  readonly written: number;
}

type Value = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, Value>>;

const KB = 1024;
const INDEXES = [DUE_INDEX.partition, ...Object.values(TABLE_INDEXES).map(({ partition }) => partition)];

export function dynamoDbUnits(action: string, body: Buffer, answer: Buffer): Units {
  const asked = JSON.parse(body.toString()) as {
    readonly Item?: Item;
    readonly IndexName?: string;
    readonly TransactItems?: readonly { readonly Put?: { readonly Item: Item } }[];
  };
  switch (action) {
    case 'PutItem':
      return { read: 0, written: written(asked.Item ?? {}) };
    case 'TransactWriteItems': {
      const items = (asked.TransactItems ?? []).map(({ Put }) => written(Put?.Item ?? {}, 2));
      return { read: 0, written: items.reduce((sum, units) => sum + units, 0) };
    }
    case 'UpdateItem':
    case 'DeleteItem':
      // What is changed in place is an outbox entry: under a kilobyte, and in the index of what is due.
      return { read: 0, written: 2 };
    default: {
      const share = asked.IndexName === undefined ? 1 : 0.5;
      return { read: Math.max(1, Math.ceil(answer.length / (4 * KB))) * share, written: 0 };
    }
  }
}

function written(item: Item, times = 1): number {
  const size = Object.entries(item).reduce((sum, [name, value]) => sum + name.length + sizeOf(value), 0);
  const units = Math.max(1, Math.ceil(size / KB));
  const indexes = INDEXES.filter((name) => name in item).length;
  return units * times + units * indexes;
}

function sizeOf(value: Value): number {
  return Object.values(value).reduce<number>((sum, one) => sum + Buffer.byteLength(String(one)), 0);
}
