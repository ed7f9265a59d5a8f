/** One step of an outbox entry's life: a conditional update of its item, which says what it found. */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';

import { DUE_INDEX, OUTBOX_ATTRIBUTES } from '../../../stacks/register-table/names.ts';
import { askAws } from '../failures.ts';
import { entryKey } from './entry.ts';
import type { Attributes } from './item.ts';

export interface Change {
  /** Update and condition in DynamoDB's expressions; an attribute is `#` and its name. */
  readonly sets: string;
  readonly removes?: string;
  readonly when: string;
  readonly values: Attributes;
}

/** The entry after the change; or as it is where the condition did not hold, undefined where it is not there. */
export type Changed = { readonly now: Attributes } | { readonly refused: Attributes | undefined };

export interface Outbox {
  readonly client: DynamoDBClient;
  readonly table: string;
}

const NAMES = Object.fromEntries(
  [
    ...Object.values(OUTBOX_ATTRIBUTES),
    ...['state', 'due', 'place', 'attempt', 'at', 'owner', 'held', 'lapsed', 'cause'],
    ...[DUE_INDEX.partition, DUE_INDEX.sort],
  ].map((name) => [`#${name}`, name]),
);

function requestOf(table: string, id: string, { sets, removes, when, values }: Change): UpdateItemCommandInput {
  const update = `SET ${sets}${removes === undefined ? '' : ` REMOVE ${removes}`}`;
  // DynamoDB refuses names that an expression does not use.
  const used = new Set(`${update} ${when}`.match(/#\w+/gu));
  return {
    TableName: table,
    Key: entryKey(id),
    UpdateExpression: update,
    ConditionExpression: when,
    ExpressionAttributeNames: Object.fromEntries(Object.entries(NAMES).filter(([name]) => used.has(name))),
    ExpressionAttributeValues: values,
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

/** @throws CavendishError `unavailable` */
export async function changeEntry({ client, table }: Outbox, id: string, change: Change): Promise<Changed> {
  const request = new UpdateItemCommand(requestOf(table, id, change));
  try {
    const { Attributes: now = {} } = await askAws('dynamodb:UpdateItem', () => client.send(request));
    return { now };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { refused: error.Item };
    throw error;
  }
}
