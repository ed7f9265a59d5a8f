/** The doctor on a healthy home on AWS, and on each way in which one can be broken. */
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetScheduleCommand } from '@aws-sdk/client-scheduler';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { dynamoWork } from '../../../lib/adapters/aws/register/work.ts';
import { defaultAppetiteText } from '../../../lib/adapters/defaults/default-appetite.ts';
import { importSample } from '../../../lib/cli/sample/sample.ts';
import type { Check } from '../../../lib/pipeline/examine-home/check.ts';
import { OUTPUTS } from '../../../lib/stacks/functions/names.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import {
  attributesOf,
  type AwsTestHome,
  QUEUE_ARN,
  QUEUE_URL,
  startAwsHome,
  TOPIC_ARN,
} from '../../support/aws-home.ts';
import { withoutWork } from '../../support/without-work.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const AN_HOUR_AGO = new Date('2026-11-24T11:00:00Z');

let home: AwsTestHome;

function deployAppetite(text: string): void {
  home.s3.objects.set('/assets/appetite.yaml', { bytes: Buffer.from(text), checksum: undefined });
}

/** Says to each client's next requests that its caller may not. */
function denied(action: string): Error {
  return Object.assign(new Error(`not authorized to perform ${action}`), {
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 403 },
  });
}

async function doctor(): Promise<{ readonly code: number; readonly ill: readonly Check[]; readonly ids: string[] }> {
  const { code, stdout } = await home.run('doctor', '--json', '--patience', '0');
  const { checks } = JSON.parse(stdout) as { readonly checks: readonly Check[] };
  return { code, ill: checks.filter(({ well }) => !well), ids: checks.map(({ id }) => id) };
}

/** What the doctor finds ill must be this and nothing else, with something to do. */
async function findsIll(id: string, says: string, next: string): Promise<void> {
  const { code, ill } = await doctor();
  expect(ill).toEqual([{ id, well: false, says: expect.stringContaining(says), next: expect.stringContaining(next) }]);
  expect(code).toBe(1);
}

function setQueue(name: string, ...counts: readonly Parameters<typeof attributesOf>[1][]): void {
  const url = QUEUE_URL(name);
  let looked = home.mocks.sqs.on(GetQueueAttributesCommand, { QueueUrl: url });
  for (const count of counts.slice(0, -1)) looked = looked.resolvesOnce({ Attributes: attributesOf(url, count) });
  looked.resolves({ Attributes: attributesOf(url, counts.at(-1) ?? {}) });
}

beforeAll(async () => {
  home = await startAwsHome(NOW);
  await importSample({ ...home, register: withoutWork(home.register) }, NOW);
});
afterAll(() => home.close());
beforeEach(() => {
  home.reset();
  deployAppetite(anAppetiteFile());
});

describe('the doctor', () => {
  it('finds a healthy home well, and says what it looked at', async () => {
    const { code, stdout } = await home.run('doctor', '--patience', '0');
    expect(stdout).toContain('All is well.');
    expect(stdout).not.toContain('✗');
    expect(code).toBe(0);
    expect((await doctor()).ids).toEqual([
      'stack',
      'push-rule',
      'events-queue',
      'scan-queue',
      'judge-queue',
      'announce-queue',
      'again-queue',
      'remind-queue',
      'dead-letters',
      'table',
      'sweep',
      'refresh',
      'subscribers-operators',
      'subscribers-shop',
      'register',
      'evidence',
      'appetite',
      'feeds',
      'outbox',
    ]);
  });

  it('sees a rule that is off', async () => {
    home.mocks.events.on(DescribeRuleCommand).resolves({ Name: 'pushes', State: 'DISABLED' });
    await findsIll('push-rule', 'the rule pushes is off', 'aws events enable-rule --name pushes');
  });

  it('sees a rule whose events go elsewhere', async () => {
    home.mocks.events
      .on(ListTargetsByRuleCommand)
      .resolvesOnce({ Targets: [{ Id: 'a', Arn: QUEUE_ARN('other') }], NextToken: 'more' })
      .resolves({ Targets: [] });
    await findsIll('push-rule', QUEUE_ARN('other'), 'Deploy the stack again');
  });

  it('asks the bus that the rule is on', async () => {
    home.outputs[OUTPUTS.pushRule] = 'registry-bus|pushes';
    home.mocks.events
      .on(DescribeRuleCommand, { Name: 'pushes', EventBusName: 'registry-bus' })
      .resolves({ State: 'DISABLED' });
    await findsIll('push-rule', 'the rule pushes is off', 'enable-rule');
  });

  it('sees dead letters', async () => {
    setQueue('dead-1', { visible: 2, taken: 1 });
    await findsIll('dead-letters', '3 dead letters', 'cavendish dead-letters');
  });

  it('sees a queue that nobody empties, and lets one be that moves', async () => {
    setQueue('scan-1', { visible: 7 }, { visible: 7 });
    setQueue('judge-1', { visible: 7 }, { visible: 3 });
    setQueue('events-1', { visible: 900, taken: 5 });
    await findsIll('scan-queue', '7 messages and nobody takes them', 'runbook-aws.md#oldest-message');
  });

  it('sees a subscription that is not confirmed, on any page', async () => {
    const email = { Protocol: 'email', SubscriptionArn: TOPIC_ARN('shop:1'), Endpoint: 'a@example.org' };
    home.mocks.sns
      .on(ListSubscriptionsByTopicCommand, { TopicArn: TOPIC_ARN('shop') })
      .resolves({ Subscriptions: [email], NextToken: 'more' })
      .on(ListSubscriptionsByTopicCommand, { TopicArn: TOPIC_ARN('shop'), NextToken: 'more' })
      .resolves({ Subscriptions: [{ ...email, SubscriptionArn: 'PendingConfirmation', Endpoint: 'b@example.org' }] });
    await findsIll('subscribers-shop', 'email b@example.org', 'Follow the link');
  });

  it('sees a topic that nobody is subscribed to', async () => {
    home.mocks.sns
      .on(ListSubscriptionsByTopicCommand, { TopicArn: TOPIC_ARN('operators') })
      .resolves({ Subscriptions: [] });
    await findsIll('subscribers-operators', 'nobody is subscribed', `--topic-arn ${TOPIC_ARN('operators')}`);
  });

  it('sees a topic that is gone', async () => {
    const gone = Object.assign(new Error('Topic does not exist'), { name: 'NotFoundException' });
    home.mocks.sns.on(ListSubscriptionsByTopicCommand, { TopicArn: TOPIC_ARN('shop') }).rejects(gone);
    await findsIll('subscribers-shop', 'sns:ListSubscriptionsByTopic', 'whether the stack is deployed');
  });

  it('sees subscribers that it can not read', async () => {
    home.outputs[OUTPUTS.subscribers] = '[{"name":"shop"}]';
    await findsIll('subscribers', 'can not be read', 'Deploy the stack again');
  });

  it('sees feeds that are too old for the strictest stage', async () => {
    deployAppetite(await defaultAppetiteText());
    await findsIll('feeds', 'sample-kev is 108 days old; production allows 7 days', 'cavendish feeds import');
  });

  it('sees feeds that are missing', async () => {
    const send = jest.spyOn(DynamoDBClient.prototype, 'send');
    const through = send.getMockImplementation();
    send.mockImplementation(function (this: DynamoDBClient, ...given: Parameters<DynamoDBClient['send']>) {
      if (JSON.stringify(given[0].input).includes('"FEEDS"')) return Promise.resolve({ Items: [] });
      return through?.apply(this, given);
    } as never);
    await findsIll('feeds', 'no kev feed is held: every verdict is unknown', 'cavendish feeds import');
    send.mockImplementation(through as never);
  });

  it('sees a table that it may not read', async () => {
    const send = jest.spyOn(DynamoDBClient.prototype, 'send');
    const through = send.getMockImplementation();
    send.mockImplementation(() => Promise.reject(denied('dynamodb:Query')) as never);
    const { code, ill } = await doctor();
    send.mockImplementation(through as never);
    expect(ill.map(({ id }) => id)).toEqual(['table', 'subscribers-made', 'register', 'appetite', 'feeds', 'outbox']);
    expect(ill.map(({ says }) => /dynamodb:\w+/u.exec(says)?.[0])).toEqual([
      'dynamodb:DescribeTable',
      'dynamodb:Query',
      'dynamodb:Query',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:Query',
    ]);
    expect(code).toBe(1);
  });

  it.each([
    [{ TableStatus: 'ARCHIVED' }, 'is ARCHIVED'],
    [{ TableStatus: 'ACTIVE', GlobalSecondaryIndexes: [{ IndexName: 'due', IndexStatus: 'CREATING' }] }, 'board, due'],
  ])('sees a table that is %j', async (table, says) => {
    const send = jest.spyOn(DynamoDBClient.prototype, 'send');
    const through = send.getMockImplementation();
    send.mockImplementation(function (this: DynamoDBClient, ...given: Parameters<DynamoDBClient['send']>) {
      if (given[0] instanceof DescribeTableCommand) return Promise.resolve({ Table: table });
      return through?.apply(this, given);
    } as never);
    const { ill } = await doctor();
    send.mockImplementation(through as never);
    expect(ill).toMatchObject([{ id: 'table', says: expect.stringContaining(says) }]);
  });

  it('sees a bucket that it may not read', async () => {
    home.s3.fail((_, response) => {
      response.writeHead(403, { 'content-type': 'application/xml' });
      response.end('<Error><Code>AccessDenied</Code><Message>no</Message></Error>');
      return true;
    });
    const { ill } = await doctor();
    expect(ill.map(({ id }) => id)).toEqual(['evidence', 'appetite', 'feeds']);
    expect(ill[0]?.says).toContain('s3:GetObject');
  });

  it('sees a schedule that is off, in a group of its own', async () => {
    home.outputs[OUTPUTS.sweepSchedule] = 'cavendish/sweep';
    home.mocks.scheduler
      .on(GetScheduleCommand, { Name: 'sweep', GroupName: 'cavendish' })
      .resolves({ State: 'DISABLED', ScheduleExpression: 'rate(15 minutes)' });
    await findsIll('sweep', 'the schedule sweep is off', 'Turn it on');
  });

  it('sees a schedule that is gone', async () => {
    const gone = Object.assign(new Error('Schedule sweep does not exist.'), { name: 'ResourceNotFoundException' });
    home.mocks.scheduler.on(GetScheduleCommand, { Name: 'sweep' }).rejects(gone);
    await findsIll('sweep', 'scheduler:GetSchedule', 'whether the stack is deployed');
  });

  it('sees an appetite that is not right, with its line', async () => {
    deployAppetite('version: 1\nstatment: x\n');
    const { ill } = await doctor();
    expect(ill.map(({ id }) => id)).toEqual(['appetite', 'feeds']);
    expect(ill[0]?.says).toContain('appetite.yaml:2');
  });

  it.each(['ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED', 'DELETE_IN_PROGRESS'])(
    'sees a stack in %s',
    async (status) => {
      const Outputs = Object.entries(home.outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
      const stack = {
        StackName: 'Cavendish',
        CreationTime: new Date(0),
        StackStatus: status as 'CREATE_FAILED',
        Outputs,
      };
      home.mocks.formation.on(DescribeStacksCommand).resolves({ Stacks: [stack] });
      await findsIll('stack', status, 'describe-stack-events');
    },
  );

  it('looks at all else where an output is missing', async () => {
    delete home.outputs['PushRuleName'];
    await findsIll('push-rule', 'has no output PushRuleName', 'npx cdk deploy');
  });

  it('sees work that nobody takes, work that is due for long, and work that was set aside', async () => {
    const { client, table, seed } = home.table;
    const work = dynamoWork({ client, table, leaseSeconds: 60 });
    await seed({ puts: [], outbox: [{ id: 'left', type: 'judge-placement', body: {} }] });
    await findsIll('outbox', '1 entry is left over: never taken', 'runbook-aws.md#nothing-judged');

    const taken = await work.take('left', AN_HOUR_AGO);
    await findsIll('outbox', '1 entry is left over: due for more than 30 minutes', 'runbook-aws.md#nothing-judged');

    if (taken.outcome !== 'taken') throw new Error('it was not taken');
    await work.bury(taken.work, 'the topic is gone');
    await findsIll('outbox', '1 entry was set aside; the first (judge-placement): the topic is gone', 'dead-letters');
    await work.done(taken.work);
  });
});
