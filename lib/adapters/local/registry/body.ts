/** Bodies that are read whole. */
import type { Call } from './answer.ts';
import { Refusal } from './errors.ts';

/**
 * @param what - what people call it: `a manifest`
 * @throws Refusal SIZE_INVALID (413) where it is larger than allowed
 */
export async function readBody({ body, headers }: Call, maxBytes: number, what: string): Promise<Uint8Array> {
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes, what);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes, what);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function tooLarge(maxBytes: number, what: string): Refusal {
  return new Refusal('SIZE_INVALID', `${what} has at most ${maxBytes} bytes here`, { status: 413 });
}
