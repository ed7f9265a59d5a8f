/** A server on loopback that answers every request as it is told to: well, badly, late or never. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type Answer = (response: ServerResponse) => void;

export interface FaultyServer {
  readonly endpoint: string;
  /** How many requests have come. */
  requests(): number;
  answer(answer: Answer): void;
  close(): Promise<void>;
}

export async function startFaultyServer(): Promise<FaultyServer> {
  let answer: Answer = (response) => void response.writeHead(501).end();
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    void buffer(request).then(() => answer(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    answer(next) {
      answer = next;
      requests = 0;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
