/** Walks the way of an image through a home on AWS. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

import { clientConfig, sqsConfig } from '../../../adapters/aws/clients.ts';
import { homeParts } from '../../../adapters/aws/way/parts.ts';
import type { Check } from '../../../pipeline/examine-home/check.ts';
import { examineStores, examineWay, type Looking } from '../../../pipeline/examine-home/examine-home.ts';
import { examineSubscribers } from '../../../pipeline/examine-home/subscribers.ts';
import { examinedAppetite } from '../appetite.ts';
import type { AwsHome } from './open-aws.ts';

const IF_LEFT_OVER =
  'The sweep sends them again within a quarter of an hour; where it does not: docs/runbook-aws.md#nothing-judged';

export async function examineAws(home: AwsHome, looking: Looking): Promise<readonly Check[]> {
  const config = clientConfig(home.environment);
  const clients = {
    dynamo: new DynamoDBClient(config),
    events: new EventBridgeClient(config),
    scheduler: new SchedulerClient(config),
    sns: new SNSClient(config),
    sqs: new SQSClient(sqsConfig(home.environment)),
  };
  try {
    const examined = { ...home, ...looking, appetite: () => examinedAppetite(home), ifLeftOver: IF_LEFT_OVER };
    const parts = homeParts(home.stack, clients);
    const [way, subscribers, stores] = await Promise.all([
      examineWay(parts, looking),
      examineSubscribers(home.register),
      examineStores(examined),
    ]);
    return [...way, ...subscribers, ...stores];
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}
