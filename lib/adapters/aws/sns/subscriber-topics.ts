/** A topic of SNS for each subscriber: all begin alike, so that the rights to make them reach no other. */
import { CreateTopicCommand, DeleteTopicCommand, type SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';

import { CavendishError } from '../../../core/errors/error.ts';
import type { SubscriberTopics } from '../../../pipeline/ports/subscriber-topics.ts';
import { askAws } from '../failures.ts';

interface Options {
  readonly client: SNSClient;
  /** What their ARNs begin with: `arn:aws:sns:eu-central-1:111122223333:Cavendish-subscriber-`. */
  readonly prefix: string;
  /** ARN of the key that encrypts them. */
  readonly key: string;
}

/** Of an account: topics, and subscriptions of a topic (CreateTopic, Subscribe: errors). */
const LIMITS = /^(?:TopicLimitExceeded|SubscriptionLimitExceeded)/u;

export function snsSubscriberTopics({ client, prefix, key }: Options): SubscriberTopics {
  const arnOf = (name: string): string => `${prefix}${name}`;
  return {
    arnOf,
    async make({ name, address }) {
      const topicArn = arnOf(name);
      await asked('sns:CreateTopic', name, () =>
        client.send(
          new CreateTopicCommand({
            Name: topicArn.slice(topicArn.lastIndexOf(':') + 1),
            Attributes: { KmsMasterKeyId: key, Policy: JSON.stringify(onlyOverTls(topicArn)) },
          }),
        ),
      );
      await asked('sns:Subscribe', name, () =>
        client.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'email', Endpoint: address })),
      );
    },
    async remove(name) {
      // "This action is idempotent, so deleting a topic that does not exist does not result in an error" (DeleteTopic).
      await asked('sns:DeleteTopic', name, () => client.send(new DeleteTopicCommand({ TopicArn: arnOf(name) })));
    },
  };
}

/** As the stack makes its own topics. */
function onlyOverTls(topicArn: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'OnlyOverTls', Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: topicArn },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  };
}

async function asked<T>(action: string, name: string, ask: () => Promise<T>): Promise<T> {
  return await askAws(action, async () => {
    try {
      return await ask();
    } catch (error) {
      if (!Error.isError(error)) throw error;
      if (LIMITS.test(error.name)) {
        throw new CavendishError('limit-exceeded', `SNS takes no more subscribers: ${error.message}`, {
          next: 'Take some away (cavendish subscribers), or have the quota of the account raised.',
          cause: error,
        });
      }
      if (!error.name.startsWith('InvalidParameter')) throw error;
      throw new CavendishError('bad-input', `SNS refuses the subscriber ${name}: ${error.message}`, { cause: error });
    }
  });
}
