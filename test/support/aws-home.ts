/**
 * A home on AWS that the command line finds: register on dynalite, evidence on a small S3, both on
 * loopback; the other services answer what a test says, healthy where it says nothing. Whatever is
 * asked of any of them is noted as the IAM action that it needs.
 */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, EventBridgeClient, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { jest } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

import { createHandler } from '../../functions/api/handler.ts';
import { s3Evidence } from '../../lib/adapters/aws/evidence/evidence.ts';
import { dynamoRegister } from '../../lib/adapters/aws/register/register.ts';
import { dynamoWork } from '../../lib/adapters/aws/register/work.ts';
import { defaultAppetiteText } from '../../lib/adapters/defaults/default-appetite.ts';
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import type { JudgedEvidence } from '../../lib/core/register/judged-evidence.ts';
import { appetiteReader } from '../../lib/pipeline/appetite/in-force.ts';
import { storedIntelligence } from '../../lib/pipeline/feeds/stored-intelligence.ts';
import type { EvidenceStore } from '../../lib/pipeline/ports/evidence-store.ts';
import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import { OUTPUTS } from '../../lib/stacks/functions/names.ts';
import { fakeParts } from '../functions/support/fake-parts.ts';
import { aContext } from '../functions/support/lambda.ts';
import { sessionOf, startApiFront } from './api-front.ts';
import { type SeededTable, startDynalite } from './dynalite.ts';
import { type FakeS3, startFakeS3 } from './fake-s3.ts';
import { type Ran, run } from './running-home.ts';

const STACK = 'Cavendish';
const ACCOUNT = '111122223333';
const REGION = 'eu-central-1';

export const QUEUE_URL = (name: string) => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;
export const QUEUE_ARN = (name: string) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
export const TOPIC_ARN = (name: string) => `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`;

export interface AwsTestHome {
  readonly table: SeededTable;
  readonly s3: FakeS3;
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly outputs: Record<string, string>;
  readonly mocks: ReturnType<typeof mockServices>;
  /** IAM actions that were needed since the start, or since `reset`. */
  actions(): readonly string[];
  /** Every service well again, nothing asked yet. */
  reset(): void;
  /** Runs a command on this home. */
  run(...argv: readonly string[]): Promise<Ran>;
  close(): Promise<void>;
}

/** @param now - what time the command line has */
export async function startAwsHome(now: Date): Promise<AwsTestHome> {
  const [table, s3] = await Promise.all([startDynalite(), startFakeS3()]);
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_S3: await endpointOf(s3.client),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'secret of test',
    AWS_REGION: REGION,
  });
  const appetiteBucket = 'assets';
  const outputs: Record<string, string> = {};
  const mocks = mockServices();
  const asked = watchRequests(mocks);
  const stores = {
    register: { ...dynamoRegister({ client: table.client, table: table.table }), commit: table.seed },
    evidence: s3Evidence({ client: s3.client, bucket: 'evidence' }),
  };
  const handler = createHandler({
    ...fakeParts(),
    trusted: [],
    contextOf: async (principal) => ({
      ...stores,
      intelligence: storedIntelligence(stores.register, stores.evidence),
      work: dynamoWork({ client: table.client, table: table.table, leaseSeconds: 60 }),
      topics: null,
      at: now.toISOString(),
      caller: { principal, person: 'Olive Operator', roles: ['operator', 'approver'], enforced: true },
      appetite: await appetiteReader({
        ...stores,
        fallback: () => deployedAppetite(s3, appetiteBucket, stores.evidence),
      })(),
    }),
  });
  // What the function asks for is its own business, not the caller's.
  const front = await startApiFront({ test: sessionOf('operator') }, (event) =>
    asked.aside(async () => await handler(event, aContext())),
  );
  const home: AwsTestHome = {
    table,
    s3,
    ...stores,
    outputs,
    mocks,
    actions: () => asked.actions(),
    reset() {
      Object.assign(outputs, outputsOf(table.table, appetiteBucket), { [OUTPUTS.api]: front.url });
      answerWell(mocks, outputs);
      s3.fail(null);
      asked.reset();
    },
    // Something stands in for AWS: so the buckets have no host names of their own.
    run: (...argv) =>
      run([...argv, '--home', `aws:${STACK}`], {
        env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: REGION },
        now: () => now,
      }),
    async close() {
      asked.stop();
      for (const mock of Object.values(mocks)) mock.restore();
      process.env = before;
      await Promise.all([table.close(), s3.close(), front.close()]);
    },
  };
  home.reset();
  return home;
}

async function deployedAppetite(
  { objects }: FakeS3,
  bucket: string,
  evidence: EvidenceStore,
): Promise<JudgedEvidence['appetite']> {
  const bytes = objects.get(`/${bucket}/appetite.yaml`)?.bytes ?? Buffer.from(await defaultAppetiteText());
  const source = `s3://${bucket}/appetite.yaml`;
  return { hash: await evidence.put(bytes), source, value: parseAppetite(bytes.toString('utf8'), source) };
}

function mockServices() {
  return {
    formation: mockClient(CloudFormationClient),
    events: mockClient(EventBridgeClient),
    scheduler: mockClient(SchedulerClient),
    sns: mockClient(SNSClient),
    sqs: mockClient(SQSClient),
  };
}

/** What IAM calls a service, where that is another name. */
const SERVICES: Readonly<Record<string, string>> = { formation: 'cloudformation' };

function outputsOf(table: string, appetiteBucket: string): Record<string, string> {
  const subscribers = [{ name: 'shop', topicArn: TOPIC_ARN('shop') }];
  return {
    [OUTPUTS.table]: table,
    [OUTPUTS.evidenceBucket]: 'evidence',
    [OUTPUTS.appetiteBucket]: appetiteBucket,
    [OUTPUTS.appetiteKey]: 'appetite.yaml',
    [OUTPUTS.eventsQueue]: QUEUE_URL('events-1'),
    [OUTPUTS.scanQueue]: QUEUE_URL('scan-1'),
    [OUTPUTS.judgeQueue]: QUEUE_URL('judge-1'),
    [OUTPUTS.announceQueue]: QUEUE_URL('announce-1'),
    [OUTPUTS.againQueue]: QUEUE_URL('again-1'),
    [OUTPUTS.remindQueue]: QUEUE_URL('remind-1'),
    [OUTPUTS.deadLetterQueue]: QUEUE_URL('dead-1'),
    [OUTPUTS.operatorTopic]: TOPIC_ARN('operators'),
    [OUTPUTS.subscribers]: JSON.stringify(subscribers),
    [OUTPUTS.eventBus]: 'default',
    [OUTPUTS.pushRule]: 'pushes',
    [OUTPUTS.sweepSchedule]: 'sweep',
    [OUTPUTS.refreshSchedule]: 'refresh',
  };
}

function answerWell({ formation, events, scheduler, sns, sqs }: AwsTestHome['mocks'], outputs: Record<string, string>) {
  for (const mock of [formation, events, scheduler, sns, sqs]) mock.reset();
  formation.on(DescribeStacksCommand, { StackName: STACK }).callsFake(() => ({
    Stacks: [
      {
        StackName: STACK,
        CreationTime: new Date(0),
        StackStatus: 'UPDATE_COMPLETE',
        Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
      },
    ],
  }));
  events.on(DescribeRuleCommand).resolves({ Name: 'pushes', State: 'ENABLED' });
  events.on(ListTargetsByRuleCommand).resolves({ Targets: [{ Id: 'queue', Arn: QUEUE_ARN('events-1') }] });
  scheduler.on(GetScheduleCommand).resolves({ State: 'ENABLED', ScheduleExpression: 'rate(15 minutes)' });
  const subscription = { Protocol: 'email', Endpoint: 'someone@example.org' };
  sns.on(ListSubscriptionsByTopicCommand).callsFake(({ TopicArn: topic }: { readonly TopicArn: string }) => ({
    Subscriptions: [{ ...subscription, SubscriptionArn: `${topic}:1` }],
  }));
  sqs.on(GetQueueAttributesCommand).callsFake(({ QueueUrl: url }: { readonly QueueUrl: string }) => ({
    Attributes: attributesOf(url, {}),
  }));
  sqs.on(ReceiveMessageCommand).resolves({});
}

/** What SQS says of a queue. */
export function attributesOf(url: string, { visible = 0, taken = 0, delayed = 0 }): Record<string, string> {
  return {
    QueueArn: QUEUE_ARN(url.split('/').at(-1) ?? ''),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(taken),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  };
}

/** Notes what the clients of real parts send; dynalite knows nothing of streams, so what it says of the table is completed. */
function watchRequests(mocks: AwsTestHome['mocks']) {
  const real: readonly (readonly [service: string, client: unknown])[] = [
    ['dynamodb', DynamoDBClient],
    ['s3', S3Client],
  ];
  const seen = new Set<string>();
  let isAside = false;
  const spies = real.map(([service, client]) => {
    const { prototype } = client as { readonly prototype: { send: (command: object) => Promise<unknown> } };
    const { send } = prototype;
    return jest.spyOn(prototype, 'send').mockImplementation(async function (this: unknown, command: object) {
      if (command instanceof TransactWriteItemsCommand)
        return await oneByOne(command, (part) => prototype.send.call(this, part));
      if (!isAside) seen.add(`${service}:${actionOf(command.constructor.name)}`);
      const answer: unknown = await send.call(this as never, command);
      if (command.constructor.name !== 'DescribeTableCommand') return answer;
      const { Table: table } = answer as { readonly Table: object };
      return { Table: { ...table, StreamSpecification: { StreamEnabled: true } } };
    });
  });
  return {
    actions: () => {
      const mocked = Object.entries(mocks).flatMap(([name, mock]) =>
        mock.calls().map(({ args: [command] }) => `${SERVICES[name] ?? name}:${actionOf(command.constructor.name)}`),
      );
      return [...new Set([...seen, ...mocked])].sort();
    },
    reset: () => seen.clear(),
    /** Does something that is not noted. */
    async aside<T>(does: () => Promise<T>): Promise<T> {
      isAside = true;
      try {
        return await does();
      } finally {
        isAside = false;
      }
    },
    stop() {
      for (const spy of spies) spy.mockRestore();
    },
  };
}

/** dynalite has no transactions; IAM asks for the rights of their parts. */
async function oneByOne(
  { input }: TransactWriteItemsCommand,
  send: (command: object) => Promise<unknown>,
): Promise<unknown> {
  for (const { Put: put, Update: update } of input.TransactItems ?? []) {
    if (put !== undefined) await send(new PutItemCommand(put));
    if (update !== undefined) await send(new UpdateItemCommand(update));
  }
  return {};
}

/** The action that a command needs; those of batches are those of their parts. */
function actionOf(command: string): string {
  const name = command
    .replace(/Command$/u, '')
    .replace(/^(SendMessage|ChangeMessageVisibility|DeleteMessage)Batch$/u, '$1');
  return name === 'HeadObject' ? 'GetObject' : name;
}

async function endpointOf(client: S3Client): Promise<string> {
  const endpoint = await client.config.endpoint?.();
  return `${endpoint?.protocol ?? ''}//${endpoint?.hostname ?? ''}:${String(endpoint?.port ?? '')}`;
}
