/**
 * A request as the registry's handlers see it, and their answer: values, so that a handler is a
 * function and only the server touches sockets.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

export interface Call {
  readonly method: string;
  /** What the path names; checked by the handler that uses it (names.ts). */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  /** Bytes, or what opens a stream of as many bytes as the content-length header says; HEAD gets neither. */
  readonly body?: Uint8Array | (() => Readable);
}

export type Handler = (call: Call) => Answer | Promise<Answer>;
