/**
 * Keeps web pages out of a registry that has no password.
 *
 * It listens on loopback, which any page in a browser on this machine can reach: by its address
 * (another origin), or by a name of the page's own that is made to point here (DNS rebinding).
 * Docker, skopeo, crane and buildah send neither such a Host nor these headers.
 */
import type { IncomingMessage } from 'node:http';

import { Refusal } from './errors.ts';

const NAMES = ['localhost', '127.0.0.1', '[::1]'];
const HTTP_PORT = 80;
/** What browsers say of a request that no other page caused. */
const NOT_ANOTHER_PAGE = new Set(['none', 'same-origin']);

/** @throws Refusal DENIED */
export function admit({ headersDistinct, socket }: IncomingMessage): void {
  const port = socket.localPort ?? 0;
  const hosts = headersDistinct['host'] ?? [];
  const [host] = hosts;
  if (hosts.length !== 1 || host === undefined || !isOwn(host.toLowerCase(), port)) {
    throw new Refusal('DENIED', `this registry answers to ${NAMES.map((name) => `${name}:${port}`).join(', ')} only`);
  }
  const sites = headersDistinct['sec-fetch-site'] ?? [];
  if (headersDistinct['origin'] !== undefined || sites.some((site) => !NOT_ANOTHER_PAGE.has(site))) {
    throw new Refusal('DENIED', 'this registry does not answer web pages');
  }
}

function isOwn(host: string, port: number): boolean {
  return NAMES.some((name) => host === `${name}:${port}` || (port === HTTP_PORT && host === name));
}
