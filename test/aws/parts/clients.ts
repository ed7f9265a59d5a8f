/** Clients of moto's services, and of no other's. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECRClient } from '@aws-sdk/client-ecr';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

import { REGION } from './environment.ts';

export type Clients = ReturnType<typeof openClients>;

export function openClients(endpoint: string) {
  const common = { endpoint, region: REGION, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  return {
    cloudFormation: new CloudFormationClient(common),
    dynamoDb: new DynamoDBClient(common),
    ecr: new ECRClient(common),
    events: new EventBridgeClient(common),
    s3: new S3Client({ ...common, forcePathStyle: true }),
    scheduler: new SchedulerClient(common),
    sns: new SNSClient(common),
    // Queue URLs name AWS's hosts, and the client would go there.
    sqs: new SQSClient({ ...common, useQueueUrlAsEndpoint: false }),
  };
}
