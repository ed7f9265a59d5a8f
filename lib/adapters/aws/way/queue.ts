/** How many messages a queue has; SQS counts about right, and within a minute. */
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

import type { QueueFacts } from '../../../pipeline/ports/home-parts.ts';
import { askAws } from '../failures.ts';

export async function queueFacts(client: SQSClient, url: string): Promise<QueueFacts> {
  const request = new GetQueueAttributesCommand({
    QueueUrl: url,
    AttributeNames: [
      'QueueArn',
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
    ],
  });
  const { Attributes: found = {} } = await askAws('sqs:GetQueueAttributes', () => client.send(request));
  return {
    arn: found.QueueArn ?? '',
    visible: Number(found.ApproximateNumberOfMessages ?? 0),
    taken: Number(found.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(found.ApproximateNumberOfMessagesDelayed ?? 0),
  };
}
