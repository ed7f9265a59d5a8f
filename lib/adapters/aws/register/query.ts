/** A query as DynamoDB's Query: one page, one request. */
import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';

import { type Asked, askedOf, cursorAfter, type Position, positionOf } from '../../../pipeline/ports/register-pages.ts';
import type { Page, Query } from '../../../pipeline/ports/register-store.ts';
import { TABLE_INDEXES, TABLE_KEY } from '../../../stacks/register-table/names.ts';
import { askAws } from '../failures.ts';
import { type Attributes, checkOwnKey, itemOf, keyAttributes, textOf } from './item.ts';

/** More items than 1 MB holds; DynamoDB takes no larger number than 2^31. */
const MOST_ITEMS = 1_000_000;

function conditionOf(asked: Asked): { readonly says: string; readonly values: Attributes } {
  if (asked.of === 'prefix') return { says: ' AND begins_with(#sk, :from)', values: { ':from': { S: asked.prefix } } };
  if (asked.of === 'all') return { says: '', values: {} };
  return { says: ' AND #sk BETWEEN :from AND :to', values: { ':from': { S: asked.from }, ':to': { S: asked.to } } };
}

function startOf({ pk, index }: Query, [sortKey, itemPk, itemSk]: Position): Attributes {
  if (index === undefined) return keyAttributes({ pk, sk: sortKey });
  const { partition, sort } = TABLE_INDEXES[index];
  return { ...keyAttributes({ pk: itemPk, sk: itemSk }), [partition]: { S: pk }, [sort]: { S: sortKey } };
}

/** @throws CavendishError `bad-input`, `limit-exceeded` */
function requestOf(table: string, query: Query): QueryCommandInput {
  const { pk, index, order = 'ascending', limit } = query;
  const asked = askedOf(query);
  const position = positionOf(query, asked);
  const condition = conditionOf(asked);
  const key = index === undefined ? TABLE_KEY : TABLE_INDEXES[index];
  return {
    TableName: table,
    ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
    KeyConditionExpression: `#pk = :pk${condition.says}`,
    ExpressionAttributeNames: { '#pk': key.partition, ...(condition.says === '' ? {} : { '#sk': key.sort }) },
    ExpressionAttributeValues: { ':pk': { S: pk }, ...condition.values },
    ScanIndexForward: order === 'ascending',
    ...(limit === undefined ? {} : { Limit: Math.min(limit, MOST_ITEMS) }),
    ...(position === null ? {} : { ExclusiveStartKey: startOf(query, position) }),
  };
}

function endOf(query: Query, last: Attributes): string {
  const sort = query.index === undefined ? TABLE_KEY.sort : TABLE_INDEXES[query.index].sort;
  return cursorAfter(query, [textOf(last, sort), textOf(last, TABLE_KEY.partition), textOf(last, TABLE_KEY.sort)]);
}

/**
 * One page. DynamoDB may say that there is more and then have none: the next page is empty.
 *
 * @throws CavendishError `bad-input`, `limit-exceeded`, `unavailable`, `integrity-failed`
 */
export async function queryPage(client: DynamoDBClient, table: string, query: Query): Promise<Page> {
  if (query.index === undefined) checkOwnKey({ pk: query.pk, sk: '-' });
  const request = new QueryCommand(requestOf(table, query));
  const { Items = [], LastEvaluatedKey: last } = await askAws('dynamodb:Query', () => client.send(request));
  return { items: Items.map(itemOf), next: last === undefined ? null : endOf(query, last) };
}
