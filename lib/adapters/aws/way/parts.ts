/** The parts of a home on AWS, asked after by who operates it. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';

import type { HomeParts, QueueName, ScheduleName } from '../../../pipeline/ports/home-parts.ts';
import { OUTPUTS } from '../../../stacks/functions/names.ts';
import type { DescribedStack } from '../stack/stack-outputs.ts';
import { queueFacts } from './queue.ts';
import { ruleFacts } from './rule.ts';
import { scheduleFacts } from './schedule.ts';
import { tableFacts } from './table.ts';
import { subscriptionsOf, topicsOf } from './topics.ts';

export interface WayClients {
  readonly dynamo: DynamoDBClient;
  readonly events: EventBridgeClient;
  readonly scheduler: SchedulerClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
}

const URL_OF: Readonly<Record<QueueName, keyof typeof OUTPUTS>> = {
  events: 'eventsQueue',
  scan: 'scanQueue',
  judge: 'judgeQueue',
  announce: 'announceQueue',
  again: 'againQueue',
  remind: 'remindQueue',
  'dead-letter': 'deadLetterQueue',
};

const SCHEDULES = { sweep: 'sweepSchedule', refresh: 'refreshSchedule' } as const satisfies Record<
  ScheduleName,
  string
>;

/** @throws CavendishError `not-found` where the stack has no such queue */
export function queueUrl(stack: DescribedStack, name: QueueName): string {
  return stack.output(OUTPUTS[URL_OF[name]]);
}

export function homeParts(stack: DescribedStack, { dynamo, events, scheduler, sns, sqs }: WayClients): HomeParts {
  return {
    stackStatus: stack.status,
    pushRule: async () => await ruleFacts(events, stack.output(OUTPUTS.pushRule)),
    queue: async (name) => await queueFacts(sqs, queueUrl(stack, name)),
    topics: () => topicsOf(stack.output(OUTPUTS.operatorTopic), stack.output(OUTPUTS.subscribers)),
    subscriptions: async ({ arn }) => await subscriptionsOf(sns, arn),
    schedule: async (name) => await scheduleFacts(scheduler, stack.output(OUTPUTS[SCHEDULES[name]])),
    table: async () => await tableFacts(dynamo, stack.output(OUTPUTS.table)),
  };
}
