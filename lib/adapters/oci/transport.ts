/**
 * HTTP to registries: bounded in time, tried again where that may help, and never carrying
 * credentials to a host that they are not for.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { CavendishError } from '../../core/errors/error.ts';
import { isLoopback } from './endpoint.ts';
import { unreachable } from './failures.ts';

export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH';
  readonly headers?: Readonly<Record<string, string>>;
  /** A stream is sent once; anything else again if need be. */
  readonly body?: Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly response: Response;
  /** Where it came from, after redirects. */
  readonly url: URL;
  /** How long its body may stand still (body.ts). */
  readonly idleMs: number;
  /** The request's: it ends the reading of the body too. */
  readonly signal: AbortSignal | undefined;
}

export interface TransportOptions {
  /** @default cavendish */
  readonly userAgent?: string;
  /** @default 30000 - until the answer begins; a body that is streamed may take longer */
  readonly answerMs?: number;
  /** @default 60000 - without a byte of the answer */
  readonly idleMs?: number;
  /** @default 250 - before the second try; twice as long before each one after it */
  readonly pauseMs?: number;
}

export type Transport = (url: URL, request?: HttpRequest) => Promise<HttpResponse>;

const TRIES = 4;
const MAX_PAUSE_MS = 10_000;
const MAX_REDIRECTS = 5;
const AGAIN = new Set([429, 500, 502, 503, 504]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const FOLLOWED = new Set(['GET', 'HEAD']);

/**
 * fetch copies a request that may be redirected, to send it again: of a streamed body it would keep
 * every byte in memory (Fetch standard, "HTTP-network-or-cache fetch"). These two say that it may not.
 */
const STREAMED = { duplex: 'half', redirect: 'error', window: null } as const;

export function httpTransport({
  userAgent = 'cavendish',
  answerMs = 30_000,
  idleMs = 60_000,
  pauseMs = 250,
}: TransportOptions): Transport {
  async function once(url: URL, { method = 'GET', headers, body, signal }: HttpRequest): Promise<Response> {
    const late = new AbortController();
    const slow = () => late.abort(new Error(`no answer within ${answerMs / 1000} s`));
    const timer = body instanceof ReadableStream ? undefined : setTimeout(slow, answerMs);
    try {
      return await fetch(url, {
        method,
        redirect: 'manual',
        // Bytes as they are stored: what is compressed on the way no longer has its digest.
        headers: { 'user-agent': userAgent, 'accept-encoding': 'identity', ...headers },
        signal: AbortSignal.any([late.signal, ...(signal === undefined ? [] : [signal])]),
        ...(body !== undefined && { body }),
        ...(body instanceof ReadableStream && STREAMED),
      });
    } finally {
      clearTimeout(timer);
    }
  }

  async function withRetries(url: URL, request: HttpRequest): Promise<Response> {
    const tries = request.body instanceof ReadableStream ? 1 : TRIES;
    for (let tried = 1; ; tried += 1) {
      const last = tried === tries;
      try {
        const response = await once(url, request);
        if (last || !AGAIN.has(response.status)) return response;
        await response.body?.cancel();
        await sleep(pauseOf(response, pauseMs, tried), undefined, signalOf(request));
      } catch (error) {
        request.signal?.throwIfAborted();
        const failure = unreachable(error, url);
        if (last || !failure.passing) throw failure.error;
        await sleep(pauseMs * 2 ** (tried - 1), undefined, signalOf(request));
      }
    }
  }

  return async (start, request = {}) => {
    let url = start;
    let headers = request.headers;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const response = await withRetries(url, { ...request, ...(headers !== undefined && { headers }) });
      const location = response.headers.get('location');
      if (!REDIRECTS.has(response.status) || location === null || !FOLLOWED.has(request.method ?? 'GET')) {
        return { response, url, idleMs, signal: request.signal };
      }
      await response.body?.cancel();
      const next = target(location, url);
      if (next.origin !== url.origin) headers = withoutCredentials(headers);
      url = next;
    }
    throw new CavendishError('unavailable', `${start.host} sends from one place to another without end`);
  };
}

function pauseOf(response: Response, pauseMs: number, tried: number): number {
  const asked = Number(response.headers.get('retry-after') ?? Number.NaN) * 1000;
  return Math.min(asked > 0 ? asked : pauseMs * 2 ** (tried - 1), MAX_PAUSE_MS);
}

function signalOf({ signal }: HttpRequest): { signal: AbortSignal } | undefined {
  return signal === undefined ? undefined : { signal };
}

function target(location: string, from: URL): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from) : null;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url) && isLoopback(from));
  if (url === null || !safe) {
    throw new CavendishError('unavailable', `${from.host} sends elsewhere, to an address that is not safe to follow`);
  }
  return url;
}

function withoutCredentials(headers: HttpRequest['headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() !== 'authorization'));
}
