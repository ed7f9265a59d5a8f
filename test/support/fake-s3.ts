/**
 * As much of S3 as evidence needs, on loopback: PUT, HEAD and GET of objects with their checksums, and
 * whatever can go wrong with an answer.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html and its neighbours.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';

import { type Patience, s3Config } from '../../lib/adapters/aws/clients.ts';

export interface StoredObject {
  readonly bytes: Buffer;
  /** As who stored it sent it. */
  readonly checksum: string | undefined;
}

/** Answers in the place of S3, for one request; true where it has. */
export type Fault = (request: IncomingMessage, response: ServerResponse, held: StoredObject | undefined) => boolean;

export interface FakeS3 {
  readonly client: S3Client;
  readonly objects: Map<string, StoredObject>;
  /** `METHOD /bucket/key`, in the order they came. */
  readonly requests: readonly string[];
  /** From now on; null for none. */
  fail(fault: Fault | null): void;
  close(): Promise<void>;
}

export function errorAnswer(response: ServerResponse, status: number, code: string): true {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>because</Message></Error>`);
  return true;
}

function isWhole({ bytes, checksum }: StoredObject): boolean {
  return checksum === undefined || createHash('sha256').update(bytes).digest('base64') === checksum;
}

export async function startFakeS3(patience?: Patience): Promise<FakeS3> {
  const objects = new Map<string, StoredObject>();
  const requests: string[] = [];
  let fault: Fault | null = null;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = new URL(request.url ?? '', 'http://s3').pathname;
    requests.push(`${String(request.method)} ${key}`);
    const body = await buffer(request);
    const held = objects.get(key);
    if (fault?.(request, response, held) === true) return;
    if (request.method === 'PUT') {
      const checksum = request.headers['x-amz-checksum-sha256'];
      const object = { bytes: body, checksum: typeof checksum === 'string' ? checksum : undefined };
      if (!isWhole(object)) return void errorAnswer(response, 400, 'BadDigest');
      objects.set(key, object);
      return void response.writeHead(200).end();
    }
    if (held === undefined) {
      return request.method === 'HEAD'
        ? void response.writeHead(404).end()
        : void errorAnswer(response, 404, 'NoSuchKey');
    }
    response.writeHead(200, {
      'content-length': held.bytes.length,
      ...(held.checksum === undefined ? {} : { 'x-amz-checksum-sha256': held.checksum }),
    });
    response.end(request.method === 'HEAD' ? undefined : held.bytes);
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new S3Client({
    ...s3Config({ AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'eu-central-1' }, patience),
    endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    client,
    objects,
    requests,
    fail: (next) => void (fault = next),
    async close() {
      client.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
