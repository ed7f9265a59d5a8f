/**
 * The embedded registry: what `docker push` talks to on a laptop.
 *
 * The OCI distribution API on loopback, over plain HTTP and without credentials. Every push is
 * recorded together with the work that follows from it, before the client hears that it was taken.
 */
import { createServer, type Server } from 'node:http';

import type { Clock } from '../../../pipeline/ports/clock.ts';
import type { RegisterStore } from '../../../pipeline/ports/register-store.ts';
import { openBlobStore } from './blob-store.ts';
import { exchange } from './exchange.ts';
import { listenOn } from './listen.ts';
import { registryRoutes } from './routes.ts';
import { uploadSessions } from './sessions.ts';

export interface RegistryOptions {
  /** Holds the blobs, and uploads under way; one process at a time. */
  readonly folder: string;
  readonly store: RegisterStore;
  readonly host: '127.0.0.1' | '::1';
  /** 0 is any free port. */
  readonly port: number;
  /**
   * Whether a person asked for this port: then it is an error when it is busy. Otherwise the next free one is taken.
   *
   * @default true
   */
  readonly given?: boolean;
  readonly now: Clock;
  /** Called when a push is recorded, to wake the worker. */
  readonly onPush?: () => void;
  /**
   * Told of faults of the registry itself, which its clients only hear as "the registry failed".
   *
   * @default - a warning of the process
   */
  readonly onFault?: (fault: unknown) => void;
}

export interface RunningRegistry {
  /** What people push to: `127.0.0.1:5480`. */
  readonly address: string;
  readonly port: number;
  /** Ends once requests under way are through, or cut off. */
  close(): Promise<void>;
}

const EXPIRY_MS = 60_000;
/** Go's clients keep idle connections for 90 s; a connection closed under them fails their next upload. */
const KEEP_ALIVE_MS = 120_000;
const HEADERS_MS = 30_000;
/** Without a byte either way. A layer may take hours, as long as it moves. */
const IDLE_MS = 300_000;
const CLOSE_GRACE_MS = 2_000;

/**
 * @throws CavendishError `address-in-use`, `wrong-use` for the port; `storage-full`
 */
export async function startRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  const { folder, store, host, port, given = true, now } = options;
  const { onPush = () => undefined, onFault = warn } = options;
  const blobs = await openBlobStore(folder);
  const sessions = uploadSessions(blobs, now);
  const routes = registryRoutes({ blobs, sessions, store, now, onPush });

  const underWay = new Set<Promise<void>>();
  const server = createServer({ requestTimeout: 0, headersTimeout: HEADERS_MS }, (request, response) => {
    const exchanged = exchange(routes, onFault, request, response).finally(() => underWay.delete(exchanged));
    underWay.add(exchanged);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.setTimeout(IDLE_MS);

  const listening = await listenOn(server, { host, port, given });
  // Such as no more open files for the next connection: those that are open go on.
  server.on('error', onFault);
  const expiry = setInterval(() => void sessions.expire().catch(onFault), EXPIRY_MS).unref();

  return {
    address: `${host === '::1' ? '[::1]' : host}:${listening}`,
    port: listening,
    close: async () => {
      clearInterval(expiry);
      await closeServer(server);
      await Promise.all(underWay);
      await sessions.close();
    },
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function warn(fault: unknown): void {
  process.emitWarning(Error.isError(fault) ? fault : String(fault));
}
