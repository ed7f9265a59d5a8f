/**
 * GET over HTTP, through the proxy that the environment names, with an end to every wait.
 *
 * Node's own client: its agents take HTTP_PROXY, HTTPS_PROXY and NO_PROXY since Node 24.5.
 */
import { Agent as PlainAgent, get as plainGet, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, get as secureGet } from 'node:https';

export interface HttpOptions {
  /** Where the proxy is named. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @default 30000 - until an answer begins */
  readonly answerMs?: number;
  /** @default 60000 - in which an answer that goes on must bring {@link HttpOptions.leastBytes} */
  readonly paceMs?: number;
  /** @default 16384 */
  readonly leastBytes?: number;
}

export interface HttpAnswer {
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** To be read to its end, or closed. @throws Error where it is cut off or too slow */
  body(): AsyncIterable<Uint8Array>;
  /** For who does not want the body. */
  close(): void;
}

export interface Http {
  get(url: URL, headers: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<HttpAnswer>;
  /** Lets go of connections that are kept open. */
  close(): void;
}

const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'no_proxy'];

export function openHttp({ env, answerMs = 30_000, paceMs = 60_000, leastBytes = 16_384 }: HttpOptions): Http {
  const proxyEnv = Object.fromEntries(
    PROXY_VARIABLES.flatMap((name) => [name, name.toUpperCase()]).map((name) => [name, env[name]]),
  );
  const agents = {
    plain: new PlainAgent({ keepAlive: true, proxyEnv }),
    secure: new SecureAgent({ keepAlive: true, proxyEnv }),
  };

  return {
    async get(url, headers, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      const given = { headers, ...(signal !== undefined && { signal }) };
      const request =
        url.protocol === 'https:'
          ? secureGet(url, { ...given, agent: agents.secure }, resolve)
          : plainGet(url, { ...given, agent: agents.plain }, resolve);
      request.on('error', reject);
      const timer = setTimeout(() => {
        request.destroy(new Error(`no answer within ${answerMs / 1000} s`));
      }, answerMs);
      const response = await promise.finally(() => {
        clearTimeout(timer);
      });
      return {
        url,
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: () => paced(response, paceMs, leastBytes),
        close() {
          response.destroy();
        },
      };
    },
    close() {
      agents.plain.destroy();
      agents.secure.destroy();
    },
  };
}

/** Ends what stands still, and what trickles: a byte a minute would otherwise go on for ever. */
async function* paced(response: IncomingMessage, paceMs: number, leastBytes: number): AsyncIterable<Uint8Array> {
  let sinceLook = 0;
  const look = setInterval(() => {
    if (sinceLook < leastBytes) response.destroy(new Error(`${sinceLook} bytes in ${paceMs / 1000} s: too slow`));
    sinceLook = 0;
  }, paceMs);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      sinceLook += chunk.length;
      yield chunk;
    }
  } finally {
    clearInterval(look);
    response.destroy();
  }
}
