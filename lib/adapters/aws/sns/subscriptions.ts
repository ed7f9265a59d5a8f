/** Who is subscribed to an SNS topic. */
import { ListSubscriptionsByTopicCommand, type SNSClient } from '@aws-sdk/client-sns';

import type { TopicSubscriptions } from '../../../pipeline/ports/topics.ts';
import { askTopic } from './topics.ts';

/** In place of an ARN, `ListSubscriptionsByTopic` says `PendingConfirmation`, or `Deleted`. */
const ARN = 'arn:';

export function snsSubscriptions(client: SNSClient): TopicSubscriptions {
  return {
    async *of(topicArn) {
      let token: string | undefined;
      do {
        const command = new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken: token });
        const page = await askTopic(topicArn, 'sns:ListSubscriptionsByTopic', () => client.send(command));
        for (const {
          SubscriptionArn: arn = '',
          Protocol: protocol = '',
          Endpoint: endpoint = '',
        } of page.Subscriptions ?? []) {
          if (arn !== 'Deleted') yield { protocol, endpoint, confirmed: arn.startsWith(ARN) };
        }
        token = page.NextToken;
      } while (token !== undefined);
    },
  };
}
