/** One request on the wire: admitted, routed, answered; its body never left to block the connection. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished, pipeline } from 'node:stream/promises';

import { fileErrorCode } from '../home/file-failures.ts';
import type { Answer } from './answer.ts';
import { answerRefusal, Refusal, refusalOf } from './errors.ts';
import { admit } from './guard.ts';
import { type Route, route } from './router.ts';

/** How long a client may go on sending what was refused: it reads the answer when it is through, or closes. */
const DRAIN_MS = 30_000;

/** Answers one request. @param report - told of faults of the registry itself */
export async function exchange(
  routes: readonly Route[],
  report: (fault: unknown) => void,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let answer: Answer;
  try {
    answer = await answerTo(routes, request);
  } catch (error) {
    // The client went away in the middle of its request: there is nobody to answer.
    if (request.destroyed && !request.complete) return;
    answer = answerRefusal(refusalOf(error) ?? fault(error, report));
  }
  try {
    await send(answer, request, response);
  } catch (error) {
    response.destroy();
    // A client that stops reading half-way is no fault of the registry.
    if (!isHangUp(error)) report(error);
  }
}

async function answerTo(routes: readonly Route[], request: IncomingMessage): Promise<Answer> {
  admit(request);
  const [path = '', query = ''] = splitOnce(request.url ?? '', '?');
  const method = request.method ?? '';
  const { handler, params } = route(routes, method, path);
  return await handler({
    method,
    params,
    query: new URLSearchParams(query),
    headers: request.headers,
    // Left early, the connection must live on to carry the answer.
    body: request.iterator({ destroyOnReturn: false }),
  });
}

async function send({ status, headers, body }: Answer, request: IncomingMessage, response: ServerResponse) {
  response.writeHead(status, {
    'docker-distribution-api-version': 'registry/2.0',
    'x-content-type-options': 'nosniff',
    ...(body === undefined && status !== 204 && { 'content-length': 0 }),
    ...(body !== undefined && typeof body !== 'function' && { 'content-length': body.byteLength }),
    ...headers,
  });
  if (body !== undefined && request.method !== 'HEAD') {
    if (typeof body === 'function') await pipeline(body(), response, { end: false });
    else response.write(body);
  }
  if (!request.complete) {
    // All of the answer is on its way, but it is not ended yet: for a client that wants one request a
    // connection that closes it, and one that is still sending hears of a broken pipe in place of the answer.
    response.flushHeaders();
    await drain(request);
  }
  response.end();
}

/** Until the client is through with its request, has gone, or was waited for long enough. */
async function drain(request: IncomingMessage): Promise<void> {
  const timer = setTimeout(() => request.socket.destroy(), DRAIN_MS).unref();
  // A client that went away is through with it too.
  await Promise.allSettled([finished(request.resume())]);
  clearTimeout(timer);
}

function fault(error: unknown, report: (fault: unknown) => void): Refusal {
  report(error);
  return new Refusal('UNKNOWN', 'the registry failed; what it says of this is in its own output');
}

function isHangUp(error: unknown): boolean {
  return fileErrorCode(error) === 'ERR_STREAM_PREMATURE_CLOSE';
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
