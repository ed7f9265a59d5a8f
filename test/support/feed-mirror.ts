/**
 * A mirror of published feeds on loopback: files with ETag, Last-Modified and ranges, and every fault that a
 * server or what stands between may have.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MirroredFile {
  readonly bytes: Buffer;
  readonly lastModified: string;
  /** Null: the server does not say one. */
  readonly etag: string | null;
  readonly headers: OutgoingHttpHeaders;
}

/** Answers one request in its own way. */
export type Fault = (response: ServerResponse, file: MirroredFile, request: IncomingMessage) => void;

export interface SeenRequest {
  readonly path: string;
  readonly range: string | undefined;
  readonly conditional: boolean;
  /** Of the answer. */
  readonly status: number;
}

export interface FeedMirror {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  readonly host: string;
  put(path: string, bytes: string | Uint8Array, given?: Partial<Omit<MirroredFile, 'bytes'>>): void;
  remove(path: string): void;
  /** The next requests for a path are answered so, one each. */
  fail(path: string, ...faults: readonly Fault[]): void;
  /** What was asked since the last time this was called. */
  seen(): readonly SeenRequest[];
  close(): Promise<void>;
}

export async function startFeedMirror(): Promise<FeedMirror> {
  const files = new Map<string, MirroredFile>();
  const faults = new Map<string, Fault[]>();
  let seen: (() => SeenRequest)[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const file = files.get(path);
    const { range } = request.headers;
    const conditional = 'if-none-match' in request.headers || 'if-modified-since' in request.headers;
    seen.push(() => ({ path, range, conditional, status: response.statusCode }));
    const fault = faults.get(path)?.shift();
    if (fault !== undefined) fault(response, file ?? fileOf('', {}), request);
    else if (file === undefined) response.writeHead(404).end('<html>no such file</html>');
    else serve(request, response, file);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ address: `http://${host}`, host },
    put: (path, bytes, given = {}) => void files.set(path, fileOf(bytes, given)),
    remove: (path) => void files.delete(path),
    fail: (path, ...more) => void faults.set(path, [...(faults.get(path) ?? []), ...more]),
    seen() {
      const before = seen;
      seen = [];
      return before.map((request) => request());
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function fileOf(bytes: string | Uint8Array, given: Partial<Omit<MirroredFile, 'bytes'>>): MirroredFile {
  const held = Buffer.from(bytes);
  const etag = `"${createHash('sha256').update(held).digest('hex').slice(0, 16)}"`;
  return { bytes: held, lastModified: 'Fri, 07 Aug 2026 12:00:00 GMT', etag, headers: {}, ...given };
}

function serve(request: IncomingMessage, response: ServerResponse, file: MirroredFile): void {
  const { 'if-none-match': match, 'if-modified-since': since, 'if-range': ifRange, range } = request.headers;
  const same = match === undefined ? since === file.lastModified : match === file.etag;
  if ((match !== undefined || since !== undefined) && same) {
    response.writeHead(304, headersOf(file)).end();
    return;
  }
  const [, from] = /^bytes=(\d+)-$/u.exec(range ?? '') ?? [];
  if (from === undefined || (ifRange !== file.etag && ifRange !== file.lastModified)) {
    response.writeHead(200, { ...headersOf(file), 'content-length': file.bytes.length }).end(file.bytes);
    return;
  }
  const rest = file.bytes.subarray(Number(from));
  if (rest.length === 0) {
    response.writeHead(416, { 'content-range': `bytes */${file.bytes.length}` }).end();
    return;
  }
  const place = `bytes ${from}-${file.bytes.length - 1}/${file.bytes.length}`;
  response.writeHead(206, { ...headersOf(file), 'content-range': place, 'content-length': rest.length }).end(rest);
}

export function headersOf({ etag, lastModified, headers }: MirroredFile): OutgoingHttpHeaders {
  return { ...(etag !== null && { etag }), 'last-modified': lastModified, 'accept-ranges': 'bytes', ...headers };
}
