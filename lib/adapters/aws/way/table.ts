/** Is the register's table there, with its indexes and its stream? */
import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

import type { TableFacts } from '../../../pipeline/ports/home-parts.ts';
import { DUE_INDEX, TABLE_INDEXES } from '../../../stacks/register-table/names.ts';
import { askAws } from '../failures.ts';

export async function tableFacts(client: DynamoDBClient, name: string): Promise<TableFacts> {
  const { Table: table } = await askAws('dynamodb:DescribeTable', () =>
    client.send(new DescribeTableCommand({ TableName: name })),
  );
  const ready = new Set(
    table?.GlobalSecondaryIndexes?.flatMap(({ IndexName: index, IndexStatus: status }) =>
      status === 'ACTIVE' || status === 'UPDATING' ? [index] : [],
    ),
  );
  return {
    name,
    status: table?.TableStatus ?? 'UNKNOWN',
    indexesNotReady: [...Object.keys(TABLE_INDEXES), DUE_INDEX.name].filter((index) => !ready.has(index)),
    streams: table?.StreamSpecification?.StreamEnabled === true,
  };
}
