import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { clientConfig, s3Config, sqsConfig } from '../../../lib/adapters/aws/clients.ts';

const STAND_IN = { AWS_ENDPOINT_URL: 'http://localhost:5000', AWS_REGION: 'eu-central-1' };

describe('AWS clients', () => {
  const server = createServer();
  let requests: string[];
  let endpoint: string;

  beforeEach(async () => {
    requests = [];
    server.removeAllListeners('request').on('request', ({ headers }) => requests.push(headers.host ?? ''));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    endpoint = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

  it('give up three times on a service that does not answer, and then for good', async () => {
    const client = new DynamoDBClient({ ...clientConfig(STAND_IN, { requestSeconds: 0.1 }), endpoint, credentials });
    const request = client.send(new GetItemCommand({ TableName: 'T', Key: { pk: { S: 'P' } } }));
    await expect(request).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(requests).toHaveLength(3);
    client.destroy();
  });

  it('wait ten seconds for an answer and in each of its pauses, a minute for S3, and two for a connection', () => {
    expect(clientConfig({}).requestHandler).toEqual({
      connectionTimeout: 2000,
      requestTimeout: 10_000,
      throwOnRequestTimeout: true,
      socketTimeout: 10_000,
    });
    expect(s3Config({}).requestHandler.requestTimeout).toBe(60_000);
  });

  it('take the Region that they are given, and leave it to the SDK where there is none', () => {
    expect(clientConfig(STAND_IN)).toHaveProperty('region', 'eu-central-1');
    expect(clientConfig({})).not.toHaveProperty('region');
  });

  it('name buckets in the path only where something stands in for AWS', () => {
    expect(s3Config(STAND_IN).forcePathStyle).toBe(true);
    expect(s3Config({}).forcePathStyle).toBe(false);
  });

  it('go to the host of a queue only where that is AWS', async () => {
    server.removeAllListeners('request').on('request', ({ headers }, response) => {
      requests.push(headers.host ?? '');
      response.writeHead(400).end();
    });
    const client = new SQSClient({ ...sqsConfig(STAND_IN), endpoint, credentials });
    const QueueUrl = 'https://sqs.eu-central-1.amazonaws.com/123456789012/scan';
    await expect(client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }))).rejects.toThrow();
    await expect(client.send(new ListQueuesCommand({}))).rejects.toThrow();
    expect(requests).toEqual([new URL(endpoint).host, new URL(endpoint).host]);
    expect(sqsConfig({}).useQueueUrlAsEndpoint).toBe(true);
    client.destroy();
  });
});
