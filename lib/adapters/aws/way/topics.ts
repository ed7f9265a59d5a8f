/** The SNS topics that notices go to, and who is subscribed to them. */
import { ListSubscriptionsByTopicCommand, type SNSClient } from '@aws-sdk/client-sns';
import { z } from 'zod';

import { CavendishError } from '../../../core/errors/error.ts';
import type { SubscriptionFacts, TopicName } from '../../../pipeline/ports/home-parts.ts';
import { askAws } from '../failures.ts';

/** The part of the stack's output that matters here; see lib/core/notices/subscriber.ts. */
const subscribers = z.array(z.object({ name: z.string(), topicArn: z.string() }));

/** @param output - of the stack: its subscribers, as JSON */
export function topicsOf(operatorTopic: string, output: string): readonly TopicName[] {
  return [
    { name: 'operators', arn: operatorTopic },
    ...readSubscribers(output).map(({ name, topicArn }) => ({ name, arn: topicArn })),
  ];
}

function readSubscribers(output: string) {
  try {
    return subscribers.parse(JSON.parse(output));
  } catch (error) {
    throw new CavendishError('bad-input', 'the subscribers in the outputs of the stack can not be read', {
      next: 'Deploy the stack again with this version: npx cdk deploy',
      cause: error,
    });
  }
}

export async function subscriptionsOf(client: SNSClient, topicArn: string): Promise<readonly SubscriptionFacts[]> {
  const found: SubscriptionFacts[] = [];
  let next: string | undefined;
  do {
    const request = { TopicArn: topicArn, ...(next !== undefined && { NextToken: next }) };
    const page = await askAws('sns:ListSubscriptionsByTopic', () =>
      client.send(new ListSubscriptionsByTopicCommand(request)),
    );
    for (const { Endpoint: endpoint = '', Protocol: protocol = '', SubscriptionArn: arn = '' } of page.Subscriptions ??
      []) {
      // SNS writes "PendingConfirmation" (and "Deleted") in the place of an ARN.
      found.push({ endpoint, protocol, confirmed: arn.startsWith('arn:') });
    }
    next = page.NextToken;
  } while (next !== undefined);
  return found;
}
