/**
 * Event source mappings, as Lambda's own poller works them off: what a queue or a stream holds, batch
 * by batch, to the function; what the function did with it goes back.
 */
import { DeleteMessageCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

import { ask, REGION } from './environment.ts';
import type { DeployedFunction } from './functions.ts';
import { matches } from './pattern.ts';

/** What ListEventSourceMappings answers of one. */
export interface Mapping {
  readonly EventSourceArn: string;
  readonly FunctionArn: string;
  readonly BatchSize: number;
  readonly State: string;
  readonly FunctionResponseTypes?: readonly string[];
  readonly FilterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] };
}

interface Failures {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** One source: works off what is there now. @returns how many records it read: more may lie behind what a filter left out */
export type Source = (target: DeployedFunction) => Promise<number>;

export function queueSource(sqs: SQSClient, { EventSourceArn, BatchSize }: Mapping): Source {
  const QueueUrl = urlOf(EventSourceArn);
  return async (target) => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: Math.min(BatchSize, 10),
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        WaitTimeSeconds: 0,
      }),
    );
    if (Messages.length === 0) return 0;
    const { result, error } = await target.invoke({ Records: Messages.map((one) => queueRecord(one, EventSourceArn)) });
    const failed = new Set(
      error === null
        ? (result as Failures).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
        : Messages.map(({ MessageId }) => MessageId),
    );
    for (const { MessageId = '', ReceiptHandle } of Messages) {
      // What failed comes again by itself, when its visibility timeout ends.
      if (!failed.has(MessageId)) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return Messages.length;
  };
}

function queueRecord(message: Message, eventSourceARN: string): object {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: message.MessageAttributes ?? {},
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: REGION,
  };
}

interface StreamRecord {
  readonly dynamodb: { readonly SequenceNumber: string };
}

/** A stream of the table, from its beginning; records that the mapping's filter does not pass are skipped. */
export function streamSource(endpoint: string, { EventSourceArn, BatchSize, FilterCriteria }: Mapping): Source {
  const patterns = (FilterCriteria?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern) as object);
  const streams = (action: string, body: object): Promise<unknown> =>
    ask(endpoint, 'dynamodb', '/', { target: `DynamoDBStreams_20120810.${action}`, body });
  let next: string | null = null;

  async function first(): Promise<string> {
    const { StreamDescription } = (await streams('DescribeStream', { StreamArn: EventSourceArn })) as {
      readonly StreamDescription: { readonly Shards: readonly { readonly ShardId: string }[] };
    };
    const ShardId = StreamDescription.Shards[0]?.ShardId;
    const of = { StreamArn: EventSourceArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
    return ((await streams('GetShardIterator', of)) as { readonly ShardIterator: string }).ShardIterator;
  }

  return async (target) => {
    next ??= await first();
    const { Records, NextShardIterator } = (await streams('GetRecords', { ShardIterator: next, Limit: BatchSize })) as {
      readonly Records: readonly StreamRecord[];
      readonly NextShardIterator: string;
    };
    let passed = Records.filter((record) => patterns.length === 0 || patterns.some((one) => matches(one, record)));
    for (let tries = 0; passed.length > 0; tries++) {
      if (tries === 5) throw new Error(`the function did not take ${passed.length} records of the stream`);
      const { result, error } = await target.invoke({ Records: passed });
      const failed = error === null ? (result as Failures).batchItemFailures.map((one) => one.itemIdentifier) : [];
      // From the first that failed on, the stream brings them again, in order.
      if (error === null) {
        const from = passed.findIndex(({ dynamodb }) => failed.includes(dynamodb.SequenceNumber));
        passed = from === -1 ? [] : passed.slice(from);
      }
    }
    next = NextShardIterator;
    return Records.length;
  };
}

/** A queue's URL as the SQS client wants it: its path names the queue. */
export function urlOf(arn: string): string {
  const [, , , region = '', account = '', name = ''] = arn.split(':');
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}
