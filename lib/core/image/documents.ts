/**
 * JSON documents that come with images, read from bytes: bounded, in UTF-8, by schema.
 */
import type { z } from 'zod';

import { CavendishError } from '../errors/error.ts';

/**
 * Reads a document.
 *
 * @param what - what people call it, in messages: `the manifest`
 * @param maxBytes - the size that it may have
 * @throws CavendishError `limit-exceeded` where it is larger, `bad-input` where it is not JSON or
 *   not by the schema
 */
export function readDocument<T>(bytes: Uint8Array, schema: z.ZodType<T>, what: string, maxBytes: number): T {
  if (bytes.byteLength > maxBytes) {
    throw new CavendishError('limit-exceeded', `${what} has ${bytes.byteLength} bytes; at most ${maxBytes} are read`);
  }
  const read = schema.safeParse(parseJson(bytes, what));
  if (read.success) return read.data;

  const [issue] = read.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new CavendishError('bad-input', `${what} is not by its schema${where}: ${issue?.message ?? 'unreadable'}`);
}

function parseJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new CavendishError('bad-input', `${what} is not JSON`, { cause });
  }
}
