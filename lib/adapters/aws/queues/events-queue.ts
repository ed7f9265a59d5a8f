/** The queue that the registry's events come in by. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

import type { EventsQueue } from '../../../pipeline/ports/dead-letter-box.ts';
import { askAws } from '../failures.ts';

export function sqsEventsQueue({ client, url }: { readonly client: SQSClient; readonly url: string }): EventsQueue {
  return {
    async send(body) {
      const command = new SendMessageCommand({ QueueUrl: url, MessageBody: body });
      await askAws('sqs:SendMessage', () => client.send(command));
    },
  };
}
