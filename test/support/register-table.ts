/** The register's table on a DynamoDB that tests start, as the stack makes it. */
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { DUE_INDEX, TABLE_INDEXES, TABLE_KEY } from '../../lib/stacks/register-table/names.ts';

/** A client that talks to loopback, with keys that are nobody's. */
export function testDynamoDb(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
}

function keySchema({ partition, sort }: { readonly partition: string; readonly sort: string }) {
  return [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
}

/** What makes a table of that name; test/stacks/register-table/ compares it with the construct's. */
export function registerTableInput(name: string): CreateTableCommandInput {
  const texts = [TABLE_KEY, ...Object.values(TABLE_INDEXES)].flatMap(({ partition, sort }) => [partition, sort]);
  return {
    TableName: name,
    KeySchema: keySchema(TABLE_KEY),
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    AttributeDefinitions: [
      ...[...texts, DUE_INDEX.partition].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      { AttributeName: DUE_INDEX.sort, AttributeType: 'N' as const },
    ],
    GlobalSecondaryIndexes: [
      ...Object.entries(TABLE_INDEXES).map(([IndexName, key]) => ({
        IndexName,
        KeySchema: keySchema(key),
        Projection: { ProjectionType: 'ALL' as const },
      })),
      {
        IndexName: DUE_INDEX.name,
        KeySchema: keySchema(DUE_INDEX),
        Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...DUE_INDEX.attributes] },
      },
    ],
  };
}

/** Makes a table of that name. */
export async function createRegisterTable(client: DynamoDBClient, name: string): Promise<void> {
  await client.send(new CreateTableCommand(registerTableInput(name)));
}
