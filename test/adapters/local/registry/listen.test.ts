import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';

import { listenOn } from '../../../../lib/adapters/local/registry/listen.ts';

const HOST = '127.0.0.1';
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function aServer(): Server {
  const server = createServer();
  servers.push(server);
  return server;
}

/** A port that is taken, with a free one right after it. */
async function takenPort(): Promise<number> {
  for (;;) {
    const server = aServer().listen(0, HOST);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const after = createServer().listen(port + 1, HOST);
    const free = await Promise.race([
      once(after, 'listening').then(() => true),
      once(after, 'error').then(() => false),
    ]);
    after.close();
    if (free) return port;
  }
}

describe('listenOn', () => {
  it('takes the port that is given', async () => {
    const port = await takenPort();
    expect(await listenOn(aServer(), { host: HOST, port: port + 1, given: true })).toBe(port + 1);
  });

  it('moves on from a default that is busy', async () => {
    const port = await takenPort();
    expect(await listenOn(aServer(), { host: HOST, port, given: false })).toBe(port + 1);
  });

  it('does not move from a given port that is busy', async () => {
    const port = await takenPort();
    await expect(listenOn(aServer(), { host: HOST, port, given: true })).rejects.toMatchObject({
      code: 'address-in-use',
      message: `port ${port} of ${HOST} is in use`,
      next: expect.stringContaining('another port'),
    });
  });

  it('takes any port for 0', async () => {
    expect(await listenOn(aServer(), { host: HOST, port: 0, given: true })).toBeGreaterThan(0);
  });

  it('refuses what is no port', async () => {
    await expect(listenOn(aServer(), { host: HOST, port: 70_000, given: true })).rejects.toMatchObject({
      code: 'wrong-use',
    });
  });
});
