/** Ports: a busy default gives way to the next free one; a busy port that somebody asked for is an error. */
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

import { CavendishError } from '../../../core/errors/error.ts';
import { fileErrorCode } from '../home/file-failures.ts';

/** Where the registry listens unless it is told otherwise. */
export const DEFAULT_REGISTRY_PORT = 5480;
/** How many ports are tried from a default on. */
const TRIES = 100;

interface Wanted {
  readonly host: string;
  /** 0 is any free port. */
  readonly port: number;
  /** Whether a person asked for this port; a default may move. */
  readonly given: boolean;
}

/**
 * Has a server listen.
 *
 * @returns the port that it listens on
 * @throws CavendishError `address-in-use`; `wrong-use` for a port that nobody may listen on here
 */
export async function listenOn(server: Server, { host, port, given }: Wanted): Promise<number> {
  const last = given ? port : Math.min(port + TRIES - 1, 65_535);
  for (let tried = port; ; tried += 1) {
    try {
      return await listen(server, host, tried);
    } catch (cause) {
      const code = fileErrorCode(cause);
      if (code === 'EADDRINUSE' && tried < last) continue;
      throw refused(code, cause, host, given ? String(port) : `${port} to ${last}`);
    }
  }
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function refused(code: string | undefined, cause: unknown, host: string, ports: string): unknown {
  if (code === 'EADDRINUSE') {
    return new CavendishError('address-in-use', `port ${ports} of ${host} is in use`, {
      next: 'Give another port, or 0 for any that is free, or stop what listens there.',
      cause,
    });
  }
  if (code === 'EACCES' || code === 'ERR_SOCKET_BAD_PORT') {
    return new CavendishError('wrong-use', `nobody may listen on port ${ports} of ${host} here`, {
      next: 'Give a port from 1024 to 65535, or 0 for any that is free.',
      cause,
    });
  }
  return cause;
}
