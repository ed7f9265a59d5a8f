/**
 * The dead-letter queue, for who operates a home.
 *
 * SQS shows a message by lending it. So letters are taken for some minutes and given back at the end;
 * who dies in between has them come back by themselves.
 */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

import type { DeadLetterBox, HeldLetter } from '../../../pipeline/ports/dead-letter-box.ts';
import { askAws } from '../failures.ts';

export interface SqsDeadLetterBoxOptions {
  readonly client: SQSClient;
  readonly url: string;
  /** Name in Cavendish of each queue by its own: who redrives by itself says only its ARN. */
  readonly sourceOf: (queueName: string) => string | null;
  /** @default 1000 - letters that are taken at once */
  readonly most?: number;
}

const LENT_SECONDS = 300;
/** ReceiveMessage and the batches of SQS: ten at a time. */
const AT_ONCE = 10;
/** A queue of SQS is on many servers: who asks for a second asks all of them. */
const WAIT_SECONDS = 1;

export function sqsDeadLetterBox({ client, url, sourceOf, most = 1000 }: SqsDeadLetterBoxOptions): DeadLetterBox {
  async function receive(): Promise<readonly Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: AT_ONCE,
      VisibilityTimeout: LENT_SECONDS,
      WaitTimeSeconds: WAIT_SECONDS,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });
    const { Messages: found = [] } = await askAws('sqs:ReceiveMessage', () => client.send(command));
    return found;
  }

  async function giveBack(handles: readonly string[]): Promise<void> {
    for (let at = 0; at < handles.length; at += AT_ONCE) {
      const command = new ChangeMessageVisibilityBatchCommand({
        QueueUrl: url,
        Entries: handles
          .slice(at, at + AT_ONCE)
          .map((handle, place) => ({ Id: String(place), ReceiptHandle: handle, VisibilityTimeout: 0 })),
      });
      await askAws('sqs:ChangeMessageVisibility', () => client.send(command));
    }
  }

  return {
    async take() {
      const handles = new Map<string, string>();
      const letters: HeldLetter[] = [];
      let complete = false;
      try {
        while (letters.length < most && !complete) {
          const found = await receive();
          complete = found.length === 0;
          for (const message of found) {
            const letter = letterOf(message, sourceOf);
            if (!handles.has(letter.id)) letters.push(letter);
            handles.set(letter.id, message.ReceiptHandle ?? '');
          }
        }
      } catch (error) {
        await giveBack([...handles.values()]);
        throw error;
      }
      return {
        letters,
        complete,
        async remove({ id }) {
          const handle = handles.get(id);
          if (handle === undefined) return;
          const command = new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: handle });
          await askAws('sqs:DeleteMessage', () => client.send(command));
          handles.delete(id);
        },
        async release() {
          await giveBack([...handles.values()]);
          handles.clear();
        },
      };
    },
  };
}

/**
 * Cavendish's own letters say `source` and `cause`; EventBridge and its Scheduler say `ERROR_MESSAGE`
 * and the rule or schedule; a queue that gave up says nothing but its ARN.
 */
function letterOf(message: Message, sourceOf: SqsDeadLetterBoxOptions['sourceOf']): HeldLetter {
  const said = (name: string): string | null => message.MessageAttributes?.[name]?.StringValue ?? null;
  const { SentTimestamp: sent, DeadLetterQueueSourceArn: arn } = message.Attributes ?? {};
  const fromRule = said('RULE_ARN') === null ? null : 'events';
  const fromQueue = arn === undefined ? null : sourceOf(arn.split(':').at(-1) ?? '');
  return {
    id: message.MessageId ?? '',
    source: said('source') ?? fromRule ?? fromQueue,
    cause: said('cause') ?? said('ERROR_MESSAGE'),
    body: message.Body ?? '',
    at: new Date(Number(sent ?? 0)).toISOString(),
  };
}
