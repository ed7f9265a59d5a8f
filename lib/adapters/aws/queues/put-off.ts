/** Has an SQS queue bring a message again at an instant, in place of after its whole visibility timeout. */
import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';

import { askAws } from '../failures.ts';

/** `ChangeMessageVisibility`: 0 to 43,200 seconds since the message was received. */
const LONGEST_SECONDS = 43_200;

export async function putOff(
  client: SQSClient,
  url: string,
  receiptHandle: string,
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<void> {
  const seconds = Math.ceil((until.getTime() - now.getTime()) / 1000);
  const command = new ChangeMessageVisibilityCommand({
    QueueUrl: url,
    ReceiptHandle: receiptHandle,
    VisibilityTimeout: Math.min(Math.max(seconds, 0), LONGEST_SECONDS),
  });
  await askAws('sqs:ChangeMessageVisibility', () => client.send(command));
}
