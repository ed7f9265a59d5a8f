/** The dead-letter queue of a home on AWS, and the queues that letters go back to. */
import { SQSClient } from '@aws-sdk/client-sqs';

import { sqsConfig } from '../../../adapters/aws/clients.ts';
import { sqsDeadLetterBox } from '../../../adapters/aws/queues/dead-letter-box.ts';
import { sqsEventsQueue } from '../../../adapters/aws/queues/events-queue.ts';
import { sqsWorkMessages } from '../../../adapters/aws/queues/work-messages.ts';
import { queueUrl } from '../../../adapters/aws/way/parts.ts';
import { QUEUES } from '../../../pipeline/ports/home-parts.ts';
import { queueOf } from '../../../pipeline/work/work-types.ts';
import type { DeadLetterParts } from '../dead-letter-parts.ts';
import type { AwsHome } from './open-aws.ts';

export function awsDeadLetters({ stack, environment, work }: AwsHome): DeadLetterParts {
  const client = new SQSClient(sqsConfig(environment));
  const box = sqsDeadLetterBox({
    client,
    url: queueUrl(stack, 'dead-letter'),
    sourceOf: (queueName) => QUEUES.find((name) => queueUrl(stack, name).endsWith(`/${queueName}`)) ?? null,
  });
  const urlOf = (type: string): string | null => {
    const name = queueOf(type);
    return name === null ? null : queueUrl(stack, name);
  };
  return {
    take: () => box.take(),
    ports: {
      work,
      messages: sqsWorkMessages({ client, urlOf }),
      events: sqsEventsQueue({ client, url: queueUrl(stack, 'events') }),
    },
    close: () => client.destroy(),
  };
}
