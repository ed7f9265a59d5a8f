/**
 * Stands between a function and AWS's API, passes each request on as it is, and counts it the way AWS
 * bills it. Nothing in the function is changed for it. What is to be refused gets no further.
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
  /** Answers 503 to these, as a service does that is away; null: to none. */
  refuse(which: ((what: string, body: string) => boolean) | null): void;
  stop(): Promise<void>;
}

/** @param endpoint - where requests go on to */
export async function startMeter(endpoint: string): Promise<Meter> {
  const target = new URL(endpoint);
  let counted: Counted[] = [];
  let isRefused: (what: string, body: string) => boolean = () => false;
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await buffer(incoming);
      if (isRefused(actionOf(incoming, body).what, body.toString())) {
        outgoing.writeHead(503).end();
        return;
      }
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
    refuse(which) {
      isRefused = which ?? (() => false);
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const NONE = { read: 0, written: 0 };

function countOf(incoming: IncomingMessage, body: Buffer, answer: Buffer): Counted {
  const { scope, action, what } = actionOf(incoming, body);
  return { what, ...(scope === 'dynamodb' ? dynamoDbUnits(action, body, answer) : NONE) };
}

/** Which service and action a request is for: by its signature's scope, and its target, form or method. */
function actionOf({ headers, method = '' }: IncomingMessage, body: Buffer) {
  const scope = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//u.exec(headers.authorization ?? '')?.[1] ?? 'nobody';
  const action =
    String(headers['x-amz-target'] ?? '')
      .split('.')
      .pop() ?? '';
  if (scope === 'dynamodb') return { scope, action, what: `DynamoDB ${action}` };
  if (scope === 's3') return { scope, action, what: `S3 ${method}` };
  const form = /(?:^|&)Action=([A-Za-z]+)/u.exec(body.toString())?.[1];
  const services: Readonly<Record<string, string>> = { sqs: 'SQS', sns: 'SNS', events: 'EventBridge', ecr: 'ECR' };
  return { scope, action, what: `${services[scope] ?? scope} ${action === '' ? (form ?? method) : action}` };
}
