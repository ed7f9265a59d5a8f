/** Bodies of answers, read in bounds of size and time. */
import { CavendishError } from '../../core/errors/error.ts';
import { unreachable } from './failures.ts';
import type { HttpResponse } from './transport.ts';

/**
 * The body as it arrives.
 *
 * @throws CavendishError `unavailable` where the connection is cut or stands still
 */
export async function* streamBody({
  response,
  url,
  idleMs,
  signal,
}: HttpResponse): AsyncGenerator<Uint8Array, void, void> {
  if (response.body === null) return;
  const stream: ReadableStream<Uint8Array> = response.body;
  const reader = stream.getReader();
  try {
    for (;;) {
      const read = await within(idleMs, reader.read());
      if (read.done) return;
      yield read.value;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw unreachable(error, url).error;
  } finally {
    // Already failed, or never to be read: either way nothing more is wanted from it.
    await Promise.allSettled([reader.cancel()]);
  }
}

/**
 * @param what - what people call it: `the manifest`
 * @throws CavendishError `limit-exceeded`, `unavailable`
 */
export async function readBody(answer: HttpResponse, maxBytes: number, what: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of streamBody(answer)) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new CavendishError('limit-exceeded', `${what} from ${answer.url.host} has more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** Lets go of an answer that nobody reads, so that its connection can be used again. */
export async function discard({ response }: HttpResponse): Promise<void> {
  await response.body?.cancel();
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`nothing arrived for ${ms / 1000} s`)), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
