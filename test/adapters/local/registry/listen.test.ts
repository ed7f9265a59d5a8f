import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
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

/** Below what a kernel gives to connections and to port 0, so that the tests beside this one take none of these. */
const aPort = () => randomInt(20_000, 30_000);

/** A port that is taken, with a free one right after it. */
async function takenPort(): Promise<number> {
  for (;;) {
    const port = aPort();
    const after = createServer();
    const free = (await listens(aServer(), port)) && (await listens(after, port + 1));
    after.close();
    if (free) return port;
  }
}

async function listens(server: Server, port: number): Promise<boolean> {
  server.listen(port, HOST);
  // A `once` of any event rejects on 'error'.
  return await once(server, 'listening').then(
    () => true,
    () => false,
  );
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
