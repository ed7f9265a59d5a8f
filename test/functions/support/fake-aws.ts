/** AWS on loopback, as far as JSON services go: answers what it is told to, and remembers what it was asked. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Asked {
  /** `AmazonSQS.SendMessage` */
  readonly target: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FakeAws {
  readonly address: string;
  readonly asked: readonly Asked[];
  /** What operations answer; SQS takes every message, and all else is an error. */
  readonly answers: Map<string, object>;
  close(): Promise<void>;
}

const md5 = (text: unknown): string => createHash('md5').update(String(text)).digest('hex');

/** The SDK holds SQS to the MD5 of what it sent. */
function answerOf({ target, body }: Asked): object | null {
  if (target === 'AmazonSQS.SendMessage') return { MessageId: 'm', MD5OfMessageBody: md5(body['MessageBody']) };
  if (target !== 'AmazonSQS.SendMessageBatch') return null;
  const entries = body['Entries'] as readonly { readonly Id: string; readonly MessageBody: string }[];
  const taken = entries.map(({ Id, MessageBody }) => ({ Id, MessageId: Id, MD5OfMessageBody: md5(MessageBody) }));
  return { Successful: taken, Failed: [] };
}

export async function startFakeAws(): Promise<FakeAws> {
  const asked: Asked[] = [];
  const answers = new Map<string, object>();
  const server = createServer((request, response) => {
    void (async () => {
      const sent = await text(request);
      const body = JSON.parse(sent === '' ? '{}' : sent) as Asked['body'];
      const one = { target: String(request.headers['x-amz-target']), body };
      asked.push(one);
      const answer = answers.get(one.target) ?? answerOf(one);
      response.writeHead(answer === null ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(answer ?? { __type: 'AccessDeniedException', message: 'not in this test' }));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answers,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
