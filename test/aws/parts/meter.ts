/**
 * Stands between a function and AWS's API, passes each request on as it is, and counts it the way AWS
 * bills it. Nothing in the function is changed for it.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { dynamoDbUnits, type Units } from './units.ts';

export interface Counted extends Units {
  /** `DynamoDB TransactWriteItems`, `S3 PUT`, `SNS Publish` … */
  readonly what: string;
}

export interface Meter {
  /** What to give as AWS's endpoint. */
  readonly endpoint: string;
  /** All requests since the last call. */
  take(): readonly Counted[];
  stop(): Promise<void>;
}

/** @param endpoint - where requests go on to */
export async function startMeter(endpoint: string): Promise<Meter> {
  const target = new URL(endpoint);
  let counted: Counted[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await buffer(incoming);
      const { method, url: path, headers } = incoming;
      const onward = forward({ host: target.hostname, port: target.port, method, path, headers });
      const answer = new Promise<IncomingMessage>((resolve, reject) => {
        onward.on('response', resolve).on('error', reject);
      });
      onward.end(body);
      const answered = await answer;
      const answerBody = await buffer(answered);
      counted.push(countOf(incoming, body, answerBody));
      outgoing.writeHead(answered.statusCode ?? 500, answered.headers).end(answerBody);
    })().catch((error: unknown) => outgoing.destroy(Error.isError(error) ? error : new Error(String(error))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://localhost:${(server.address() as AddressInfo).port}`,
    take() {
      const all = counted;
      counted = [];
      return all;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const NONE = { read: 0, written: 0 };

/** Which service and action a request is for: by its signature's scope, and its target, form or method. */
function countOf({ headers, method = '' }: IncomingMessage, body: Buffer, answer: Buffer): Counted {
  const scope = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//u.exec(headers.authorization ?? '')?.[1] ?? 'nobody';
  const action =
    String(headers['x-amz-target'] ?? '')
      .split('.')
      .pop() ?? '';
  if (scope === 'dynamodb') return { what: `DynamoDB ${action}`, ...dynamoDbUnits(action, body, answer) };
  if (scope === 's3') return { what: `S3 ${method}`, ...NONE };
  const form = /(?:^|&)Action=([A-Za-z]+)/u.exec(body.toString())?.[1];
  const services: Readonly<Record<string, string>> = { sqs: 'SQS', sns: 'SNS', events: 'EventBridge', ecr: 'ECR' };
  return { what: `${services[scope] ?? scope} ${action === '' ? (form ?? method) : action}`, ...NONE };
}
