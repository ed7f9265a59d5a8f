/** What Lambda hands to a function: contexts and events, as its runtime makes them. */
import type { Context, DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';

/** @param remaining - milliseconds until the function's time is up */
export function aContext(remaining = 60_000): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'a-test',
    functionVersion: '1',
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:a-test',
    memoryLimitInMB: '512',
    awsRequestId: 'c0ffee00-0000-4000-8000-000000000000',
    logGroupName: '/aws/lambda/a-test',
    logStreamName: 'a-stream',
    getRemainingTimeInMillis: () => remaining,
  } as Context;
}

/** @param received - how often the queue has brought it, this time counted */
export function aRecord(body: unknown, { id = 'message-1', received = 1 } = {}): SQSRecord {
  return {
    messageId: id,
    receiptHandle: `receipt of ${id}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: String(received),
      SentTimestamp: '1795478400000',
      SenderId: 'AIDAEXAMPLE',
      ApproximateFirstReceiveTimestamp: '1795478400000',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:111122223333:a-queue',
    awsRegion: 'eu-central-1',
  };
}

export function aQueueEvent(...records: readonly SQSRecord[]): SQSEvent {
  return { Records: [...records] };
}

/** A new item in the table's stream, by its string attributes. */
export function aStreamRecord(image: Readonly<Record<string, string>>, sequence: string): DynamoDBRecord {
  const attributes = Object.fromEntries(Object.entries(image).map(([name, value]) => [name, { S: value }]));
  return {
    eventID: `event ${sequence}`,
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: { NewImage: attributes, SequenceNumber: sequence, StreamViewType: 'NEW_IMAGE' },
  };
}

export function aStreamEvent(...records: readonly DynamoDBRecord[]): DynamoDBStreamEvent {
  return { Records: [...records] };
}
