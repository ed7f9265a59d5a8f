/** The dead-letter queue: each letter as it came, with where it came from and its cause as attributes. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

import type { DeadLetters } from '../../../pipeline/ports/dead-letters.ts';
import { askAws } from '../failures.ts';

export interface SqsDeadLettersOptions {
  readonly client: SQSClient;
  readonly url: string;
}

/** Attributes count towards the 256 KB of a message, and a cause is a sentence or a few. */
const LONGEST_CAUSE = 1024;
/** What the XML of SQS can't carry: `SendMessage`, "A message can include only …". */
const NOT_CARRIED = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

export function sqsDeadLetters({ client, url }: SqsDeadLettersOptions): DeadLetters {
  return {
    async put({ source, body, cause }) {
      const command = new SendMessageCommand({
        QueueUrl: url,
        MessageBody: carried(body, 'an empty message'),
        MessageAttributes: {
          source: { DataType: 'String', StringValue: source },
          cause: { DataType: 'String', StringValue: carried(cause.slice(0, LONGEST_CAUSE), 'no cause given') },
        },
      });
      await askAws('sqs:SendMessage', () => client.send(command));
    },
  };
}

function carried(text: string, otherwise: string): string {
  const clean = text.toWellFormed().replace(NOT_CARRIED, '\uFFFD');
  return clean === '' ? otherwise : clean;
}
