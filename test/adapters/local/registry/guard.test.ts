import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { aRegistry, type TestRegistry } from './support.ts';

let registry: TestRegistry;
beforeEach(async () => {
  registry = await aRegistry();
});
afterEach(async () => {
  await registry.close();
  expect(registry.faults).toEqual([]);
});

describe('the registry', () => {
  it('greets a client', async () => {
    for (const path of ['/v2/', '/v2', '/v2/?x=1']) {
      const { status, headers, text } = await registry.send('GET', path);
      expect({ status, text }).toEqual({ status: 200, text: '{}' });
      expect(headers).toMatchObject({
        'docker-distribution-api-version': 'registry/2.0',
        'x-content-type-options': 'nosniff',
      });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])('answers to %s with its port', async (name) => {
    const host = `${name}:${registry.port}`;
    expect((await registry.send('GET', '/v2/', { headers: { host } })).status).toBe(200);
  });

  it.each([
    ['another name', () => `evil.example:${registry.port}`],
    ['a name that begins like its own', () => `localhost.evil.example:${registry.port}`],
    ['another port', () => `localhost:${registry.port + 1}`],
    ['no port', () => 'localhost'],
    ['another address', () => `127.0.0.2:${registry.port}`],
  ])('does not answer to %s', async (_, host) => {
    const reply = await registry.send('GET', '/v2/', { headers: { host: host() } });
    expect(reply).toMatchObject({ status: 403, code: 'DENIED' });
    expect(reply.text).toContain(`127.0.0.1:${registry.port}`);
  });

  it.each(['host:\r\n', ''])('does not answer to no name (%j)', async (header) => {
    expect(await raw(`GET /v2/ HTTP/1.1\r\n${header}connection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 40[03] /u);
  });

  it('does not answer to two names at once', async () => {
    const answer = await raw(
      `GET /v2/ HTTP/1.1\r\nhost: 127.0.0.1:${registry.port}\r\nhost: evil.example\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 40[03] /u);
  });

  it.each([
    ['origin', 'http://evil.example'],
    ['origin', 'null'],
    ['sec-fetch-site', 'cross-site'],
    ['sec-fetch-site', 'same-site'],
  ])('refuses a page that says %s: %s', async (name, value) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const reply = await registry.send(method, '/v2/team/app/blobs/uploads/', { headers: { [name]: value } });
      expect(reply).toMatchObject({ status: 403, code: 'DENIED' });
    }
    expect((await registry.files()).uploads).toEqual([]);
  });

  it.each(['none', 'same-origin'])('lets a person look with a browser (sec-fetch-site: %s)', async (site) => {
    expect((await registry.send('GET', '/v2/', { headers: { 'sec-fetch-site': site } })).status).toBe(200);
  });

  it.each([
    ['GET', '/', 404],
    ['GET', '/v1/', 404],
    ['GET', '/v2/team/app', 404],
    ['GET', 'http://evil.example/v2/', 404],
    ['DELETE', '/v2/', 405],
    ['DELETE', '/v2/team/app/manifests/1.0', 405],
    ['constructor', '/v2/', 400],
  ])('answers %s %s with %i', async (method, path, status) => {
    const reply = await raw(
      `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${registry.port}\r\nconnection: close\r\n\r\n`,
    );
    expect(reply).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `, 'u'));
  });

  it('answers what it refuses before all of it was sent, and goes on serving that connection', async () => {
    const socket = connect(registry.port, '127.0.0.1');
    const host = `host: 127.0.0.1:${registry.port}`;
    const size = 3_000_000;
    socket.write(`PUT /v2/team/app/manifests/.bad HTTP/1.1\r\n${host}\r\ncontent-length: ${size}\r\n\r\n`);
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(String(first)).toMatch(/^HTTP\/1\.1 400 /u);

    socket.write(Buffer.alloc(size));
    socket.write(`GET /v2/ HTTP/1.1\r\n${host}\r\n\r\n`);
    const [second] = (await once(socket, 'data')) as [Buffer];
    expect(String(second)).toMatch(/^HTTP\/1\.1 200 /u);
    socket.destroy();
  });

  it('lets a client that wants its connection closed send all of what was refused', async () => {
    const socket = connect(registry.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const size = 3_000_000;
    socket.write(
      `PUT /v2/team/app/manifests/.bad HTTP/1.1\r\nhost: 127.0.0.1:${registry.port}\r\nconnection: close\r\ncontent-length: ${size}\r\n\r\n`,
    );
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(String(first)).toMatch(/^HTTP\/1\.1 400 [^]*\}\n$/u);
    // Rejects where the connection was closed under it.
    const send = promisify((bytes: Buffer, done: (error?: Error | null) => void) => socket.write(bytes, done));
    for (let sent = 0; sent < size; sent += 100_000) await send(Buffer.alloc(100_000));
    await once(socket, 'close');
    expect(socket.bytesWritten).toBeGreaterThan(size);
  });
});

async function raw(text: string): Promise<string> {
  const socket = connect(registry.port, '127.0.0.1');
  socket.end(text);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'close');
  return String(Buffer.concat(chunks));
}
