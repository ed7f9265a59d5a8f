/** Messages that name work, sent to the SQS queue of its type, ten at a time. */
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

import { CavendishError } from '../../../core/errors/error.ts';
import type { Unsent, WorkMessage, WorkMessages } from '../../../pipeline/ports/work-messages.ts';
import { askAws } from '../failures.ts';

export interface SqsWorkMessagesOptions {
  readonly client: SQSClient;
  /** The URL of the queue for work of a type; null where there is none. */
  readonly urlOf: (type: string) => string | null;
}

/** SendMessageBatch: "The maximum number of messages is ten". */
const AT_ONCE = 10;

export function sqsWorkMessages({ client, urlOf }: SqsWorkMessagesOptions): WorkMessages {
  async function sendBatch(url: string, batch: readonly WorkMessage[]): Promise<readonly Unsent[]> {
    const command = new SendMessageBatchCommand({
      QueueUrl: url,
      Entries: batch.map(({ id, type, delaySeconds = 0 }, place) => ({
        Id: String(place),
        MessageBody: JSON.stringify({ id, type }),
        DelaySeconds: delaySeconds,
      })),
    });
    const { Failed: failed = [] } = await askAws('sqs:SendMessageBatch', () => client.send(command));
    return failed.flatMap(({ Id: place, Code: code, Message: message }) => {
      const refused = batch[Number(place)];
      return refused === undefined ? [] : [{ id: refused.id, cause: `SQS did not take it: ${message ?? code ?? ''}` }];
    });
  }

  return {
    async send(messages) {
      const byUrl = new Map<string, WorkMessage[]>();
      for (const message of messages) {
        const url = urlOf(message.type);
        if (url === null) throw new CavendishError('unsupported', `no queue carries work of the type ${message.type}`);
        byUrl.set(url, [...(byUrl.get(url) ?? []), message]);
      }
      const unsent: Unsent[] = [];
      for (const [url, all] of byUrl) {
        for (let at = 0; at < all.length; at += AT_ONCE) {
          unsent.push(...(await sendBatch(url, all.slice(at, at + AT_ONCE))));
        }
      }
      return unsent;
    },
  };
}
