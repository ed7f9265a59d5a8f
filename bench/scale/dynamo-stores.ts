/** A register in DynamoDB Local, and evidence in memory: for counting what is asked. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { dynamoRegister } from '../../lib/adapters/aws/register/register.ts';
import { dynamoWork } from '../../lib/adapters/aws/register/work.ts';
import { startDynamoDbLocal } from '../../test/aws/parts/dynamodb-local.ts';
import { memoryEvidence } from '../../test/support/memory-evidence.ts';
import { createRegisterTable, testDynamoDb } from '../../test/support/register-table.ts';
import type { Stores } from './large-home.ts';

export async function dynamoStores(): Promise<Stores> {
  const local = await startDynamoDbLocal();
  const client: DynamoDBClient = testDynamoDb(local.endpoint);
  const table = 'register';
  await createRegisterTable(client, table);
  return {
    register: dynamoRegister({ client, table }),
    work: dynamoWork({ client, table, leaseSeconds: 960 }),
    evidence: memoryEvidence(),
    held: () => null,
    async close() {
      client.destroy();
      await local.stop();
    },
  };
}
