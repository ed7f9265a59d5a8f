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

/** Who answers is waited for, however busy the machine; who never does is given up soon. */
const PATIENT = { requestSeconds: 30 };
const IMPATIENT = { requestSeconds: 0.2 };
const ENVIRONMENT = { AWS_ENDPOINT_URL: 'http://localhost', AWS_REGION: 'eu-central-1' };
const at = (endpoint: string) => ({ endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
const ROLE = { RoleArn: 'arn:aws:iam::111122223333:role/reader', RoleSessionName: 'cavendish' };

const CLIENTS: Readonly<Record<string, (endpoint: string, patience: typeof PATIENT) => Promise<unknown>>> = {
  'dynamodb:GetItem': (endpoint, patience) =>
    new DynamoDBClient({ ...clientConfig(ENVIRONMENT, patience), ...at(endpoint) }).send(
      new GetItemCommand({ TableName: 'T', Key: { pk: { S: 'P' } } }),
    ),
  's3:ListBucket': (endpoint, patience) =>
    new S3Client({ ...s3Config(ENVIRONMENT, patience), ...at(endpoint) }).send(
      new ListObjectsV2Command({ Bucket: 'evidence' }),
    ),
  'sqs:GetQueueUrl': (endpoint, patience) =>
    new SQSClient({ ...sqsConfig(ENVIRONMENT, patience), ...at(endpoint) }).send(
      new GetQueueUrlCommand({ QueueName: 'scan' }),
    ),
  'sns:Publish': (endpoint, patience) =>
    new SNSClient({ ...clientConfig(ENVIRONMENT, patience), ...at(endpoint) }).send(
      new PublishCommand({ TopicArn: 'arn:aws:sns:eu-central-1:111122223333:team', Message: 'x' }),
    ),
  'ecr:DescribeImages': (endpoint, patience) =>
    new ECRClient({ ...clientConfig(ENVIRONMENT, patience), ...at(endpoint) }).send(
      new DescribeImagesCommand({ repositoryName: 'app' }),
    ),
  'ecs:ListClusters': (endpoint, patience) =>
    new ECSClient({ ...clientConfig(ENVIRONMENT, patience), ...at(endpoint) }).send(new ListClustersCommand({})),
  'lambda:ListFunctions': (endpoint, patience) =>
    new LambdaClient({ ...clientConfig(ENVIRONMENT, patience), ...at(endpoint) }).send(new ListFunctionsCommand({})),
  'events:PutEvents': (endpoint, patience) =>
    new EventBridgeClient({ ...clientConfig(ENVIRONMENT, patience), ...at(endpoint) }).send(
      new PutEventsCommand({ Entries: [{ Detail: '{}' }] }),
    ),
  'cloudformation:DescribeStacks': (endpoint, patience) =>
    new CloudFormationClient({ ...clientConfig(ENVIRONMENT, patience), ...at(endpoint) }).send(
      new DescribeStacksCommand({ StackName: 'S' }),
    ),
  'scheduler:GetSchedule': (endpoint, patience) =>
    new SchedulerClient({ ...clientConfig(ENVIRONMENT, patience), ...at(endpoint) }).send(
      new GetScheduleCommand({ Name: 'sweep' }),
    ),
  'sts:AssumeRole': (endpoint, patience) =>
    new STSClient({ ...clientConfig(ENVIRONMENT, patience), ...at(endpoint) }).send(new AssumeRoleCommand(ROLE)),
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

  it.each<[string, Answer, string, typeof PATIENT]>([
    ['throttles', failing(429, 'ThrottlingException'), 'has no room for more requests', PATIENT],
    ['fails inside', failing(500, 'InternalFailure'), 'did not answer as it should', PATIENT],
    ['is away', failing(503, 'ServiceUnavailable'), 'did not answer as it should', PATIENT],
    ['is silent', silent, 'did not answer as it should', IMPATIENT],
    ['stops in the middle of an answer', stopsInTheMiddle, 'did not answer as it should', IMPATIENT],
  ])('is unavailable after three tries where the service %s', async (_, answer, says, patience) => {
    server.answer(answer);
    await expect(askAws(action, () => ask(server.endpoint, patience))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(says),
      // As the client counts them: on a busy machine it may give one up that the server has yet to read.
      cause: { $metadata: { attempts: 3 } },
    });
    expect(server.requests()).toBeLessThanOrEqual(3);
  });
});
