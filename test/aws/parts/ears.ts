/** Queues of the test's own that hear what the home sends: subscribed to each topic, and to the home's bus by a rule. */
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';

import type { Clients } from './clients.ts';
import { ACCOUNT, REGION } from './environment.ts';

export interface Heard {
  readonly subject: string;
  readonly text: string;
}

export interface Ear<T> {
  /** All that came since the last time. */
  take(): Promise<readonly T[]>;
}

async function drain({ sqs }: Clients, QueueUrl: string): Promise<readonly string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return bodies;
    for (const { Body = '', ReceiptHandle } of Messages) {
      bodies.push(Body);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

/** @returns its URL and ARN */
async function aQueue({ sqs }: Clients, QueueName: string): Promise<readonly [string, string]> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName }));
  return [QueueUrl, `arn:aws:sqs:${REGION}:${ACCOUNT}:${QueueName}`];
}

export async function hearTopic(clients: Clients, TopicArn: string, name: string): Promise<Ear<Heard>> {
  const [url, arn] = await aQueue(clients, `heard-${name}`);
  await clients.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn }));
  return {
    async take() {
      const bodies = await drain(clients, url);
      return bodies.map((body) => {
        const { Subject = '', Message } = JSON.parse(body) as { readonly Subject?: string; readonly Message: string };
        return { subject: Subject, text: Message };
      });
    },
  };
}

export interface HeardEvent {
  readonly 'detail-type': string;
  readonly source: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export async function hearBus(clients: Clients, EventBusName: string): Promise<Ear<HeardEvent>> {
  const [url, arn] = await aQueue(clients, 'heard-bus');
  const EventPattern = JSON.stringify({ account: [ACCOUNT] });
  await clients.events.send(new PutRuleCommand({ Name: 'heard', EventBusName, EventPattern }));
  await clients.events.send(
    new PutTargetsCommand({ Rule: 'heard', EventBusName, Targets: [{ Id: 'heard', Arn: arn }] }),
  );
  return {
    async take() {
      return (await drain(clients, url)).map((body) => JSON.parse(body) as HeardEvent);
    },
  };
}
