/** The body of an answer of S3, with an end to its size and to the wait for it. */
import { addAbortSignal, type Readable } from 'node:stream';

import { CavendishError } from '../../../core/errors/error.ts';
import { explainAws } from '../failures.ts';

export interface BodyLimits {
  readonly maxBytes: number;
  /** Until the whole of it must be there. */
  readonly seconds: number;
}

const ACTION = 's3:GetObject';

function broken(what: string, why: string, cause?: unknown): CavendishError {
  return new CavendishError('unavailable', `S3 did not send the whole of ${what} (${ACTION}: ${why})`, {
    next: 'Try again; if it stays so, look at the network between here and S3.',
    cause,
  });
}

/**
 * Reads a body to its end.
 *
 * @param what - whose body it is, for messages
 * @param length - bytes that were announced; undefined where none were
 * @returns null where it has more bytes than may be
 * @throws CavendishError `unavailable` where it ends early, or does not end in time
 */
export async function readBody(
  body: Readable,
  what: string,
  length: number | undefined,
  { maxBytes, seconds }: BodyLimits,
): Promise<Uint8Array | null> {
  const patience = AbortSignal.timeout(seconds * 1000);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of addAbortSignal(patience, body) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBytes) return null;
      chunks.push(chunk);
    }
  } catch (error) {
    if (patience.aborted) throw broken(what, `it was not there after ${seconds} s`, error);
    throw explainAws(error, ACTION);
  } finally {
    body.destroy();
  }
  if (length !== undefined && size !== length) throw broken(what, `it ended after ${size} of ${length} bytes`);
  return Buffer.concat(chunks, size);
}
