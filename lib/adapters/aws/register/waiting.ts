/** What the index of the outbox shows: entries that wait in their order, and those that were set aside. */
import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';

import { DUE_INDEX } from '../../../stacks/register-table/names.ts';
import { askAws } from '../failures.ts';
import type { Outbox } from './change.ts';
import { WAITING_PARTITIONS } from './entry.ts';
import { type Attributes, textOf } from './item.ts';

function request(table: string, partition: string, more: Partial<QueryCommandInput> = {}): QueryCommandInput {
  return {
    TableName: table,
    IndexName: DUE_INDEX.name,
    KeyConditionExpression: '#partition = :partition',
    ...more,
    ExpressionAttributeNames: { '#partition': DUE_INDEX.partition, ...more.ExpressionAttributeNames },
    ExpressionAttributeValues: { ':partition': { S: partition }, ...more.ExpressionAttributeValues },
  };
}

async function* pages({ client }: Outbox, input: QueryCommandInput) {
  let start: Attributes | undefined;
  do {
    const command = new QueryCommand(start === undefined ? input : { ...input, ExclusiveStartKey: start });
    const page = await askAws('dynamodb:Query', () => client.send(command));
    yield page;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/** All entries of one partition of the index, in its order. */
export async function* entriesOf(outbox: Outbox, partition: string, more?: Partial<QueryCommandInput>) {
  for await (const { Items = [] } of pages(outbox, request(outbox.table, partition, more))) yield* Items;
}

/** How many entries wait. */
export async function countWaiting(outbox: Outbox): Promise<number> {
  let count = 0;
  for (const partition of WAITING_PARTITIONS) {
    for await (const page of pages(outbox, request(outbox.table, partition, { Select: 'COUNT' }))) {
      count += page.Count ?? 0;
    }
  }
  return count;
}

/**
 * Entries that are before that place in the order, from all partitions, in the order.
 *
 * @param atOnce - how many to ask a partition for at once
 */
export async function* waitingBefore(outbox: Outbox, order: string, atOnce: number): AsyncGenerator<Attributes> {
  const more: Partial<QueryCommandInput> = {
    KeyConditionExpression: '#partition = :partition AND #order < :order',
    ExpressionAttributeNames: { '#order': DUE_INDEX.sort },
    ExpressionAttributeValues: { ':order': { N: order } },
    Limit: atOnce,
  };
  const streams = WAITING_PARTITIONS.map((partition) => entriesOf(outbox, partition, more));
  const heads = await Promise.all(streams.map((stream) => stream.next()));
  for (;;) {
    const places = heads.map(({ done, value }) => (done === true ? null : BigInt(textOf(value, DUE_INDEX.sort))));
    const first = places.reduce<number | null>((least, place, at) => {
      if (place === null) return least;
      return least === null || place < (places[least] ?? place) ? at : least;
    }, null);
    const [head, stream] = first === null ? [] : [heads[first], streams[first]];
    if (first === null || head === undefined || stream === undefined || head.done === true) return;
    yield head.value;
    heads[first] = await stream.next();
  }
}
