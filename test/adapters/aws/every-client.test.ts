/** Every AWS client that Cavendish makes, against a service that throttles, fails, is silent or stops in the middle. */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { clientConfig, s3Config, sqsConfig } from '../../../lib/adapters/aws/clients.ts';
import { askAws } from '../../../lib/adapters/aws/failures.ts';
import { type Answer, type FaultyServer, startFaultyServer } from '../../support/faulty-server.ts';

const PATIENCE = { requestSeconds: 0.2 };
const ENVIRONMENT = { AWS_ENDPOINT_URL: 'http://localhost', AWS_REGION: 'eu-central-1' };
const at = (endpoint: string) => ({ endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
const config = { ...clientConfig(ENVIRONMENT, PATIENCE) };
const ROLE = { RoleArn: 'arn:aws:iam::111122223333:role/reader', RoleSessionName: 'cavendish' };

const CLIENTS: Readonly<Record<string, (endpoint: string) => Promise<unknown>>> = {
  'dynamodb:GetItem': (endpoint) =>
    new DynamoDBClient({ ...config, ...at(endpoint) }).send(
      new GetItemCommand({ TableName: 'T', Key: { pk: { S: 'P' } } }),
    ),
  's3:ListBucket': (endpoint) =>
    new S3Client({ ...s3Config(ENVIRONMENT, PATIENCE), ...at(endpoint) }).send(
      new ListObjectsV2Command({ Bucket: 'evidence' }),
    ),
  'sqs:GetQueueUrl': (endpoint) =>
    new SQSClient({ ...sqsConfig(ENVIRONMENT, PATIENCE), ...at(endpoint) }).send(
      new GetQueueUrlCommand({ QueueName: 'scan' }),
    ),
  'sns:Publish': (endpoint) =>
    new SNSClient({ ...config, ...at(endpoint) }).send(
      new PublishCommand({ TopicArn: 'arn:aws:sns:eu-central-1:111122223333:team', Message: 'x' }),
    ),
  'ecr:DescribeImages': (endpoint) =>
    new ECRClient({ ...config, ...at(endpoint) }).send(new DescribeImagesCommand({ repositoryName: 'app' })),
  'ecs:ListClusters': (endpoint) => new ECSClient({ ...config, ...at(endpoint) }).send(new ListClustersCommand({})),
  'lambda:ListFunctions': (endpoint) =>
    new LambdaClient({ ...config, ...at(endpoint) }).send(new ListFunctionsCommand({})),
  'events:PutEvents': (endpoint) =>
    new EventBridgeClient({ ...config, ...at(endpoint) }).send(new PutEventsCommand({ Entries: [{ Detail: '{}' }] })),
  'cloudformation:DescribeStacks': (endpoint) =>
    new CloudFormationClient({ ...config, ...at(endpoint) }).send(new DescribeStacksCommand({ StackName: 'S' })),
  'scheduler:GetSchedule': (endpoint) =>
    new SchedulerClient({ ...config, ...at(endpoint) }).send(new GetScheduleCommand({ Name: 'sweep' })),
  'sts:AssumeRole': (endpoint) => new STSClient({ ...config, ...at(endpoint) }).send(new AssumeRoleCommand(ROLE)),
};

/** In all forms that services have, at once: a client takes the one that it knows. */
const failing =
  (status: number, code: string): Answer =>
  (response) => {
    response.writeHead(status, { 'x-amzn-errortype': code, 'x-amzn-query-error': `${code};Sender` });
    response.end();
  };
const silent: Answer = (response) => void response.on('close', () => undefined);
const stopsInTheMiddle: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 1000 });
  response.write('{"beginning":');
};

describe.each(Object.entries(CLIENTS))('a client that asks %s', (action, ask) => {
  let server: FaultyServer;
  beforeAll(async () => {
    server = await startFaultyServer();
  });
  afterAll(() => server.close());

  it.each<[string, Answer, string]>([
    ['throttles', failing(429, 'ThrottlingException'), 'has no room for more requests'],
    ['fails inside', failing(500, 'InternalFailure'), 'did not answer as it should'],
    ['is away', failing(503, 'ServiceUnavailable'), 'did not answer as it should'],
    ['is silent', silent, 'did not answer as it should'],
    ['stops in the middle of an answer', stopsInTheMiddle, 'did not answer as it should'],
  ])('is unavailable after three tries where the service %s', async (_, answer, says) => {
    server.answer(answer);
    await expect(askAws(action, () => ask(server.endpoint))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(says),
      // As the client counts them: on a busy machine it may give one up that the server has yet to read.
      cause: { $metadata: { attempts: 3 } },
    });
    expect(server.requests()).toBeLessThanOrEqual(3);
  });
});
