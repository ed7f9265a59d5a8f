/**
 * Parts a stream of bytes into JSON objects: one object, a list of them, or one after another
 * (JSON Lines). Each is bounded in bytes and depth; all of them together may be larger than memory.
 */
import { TextDecoder } from 'node:util';

import { CavendishError } from '../../core/errors/error.ts';
import { type FeedBounds, passes } from './bounds.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const COMMA = 0x2c;
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * @throws CavendishError `bad-input` where it is not JSON, is cut off, or holds something other
 *   than objects; `limit-exceeded`
 */
export async function* jsonValues(
  bytes: AsyncIterable<Uint8Array>,
  where: string,
  bounds: Pick<FeedBounds, 'maxRecordBytes' | 'maxRecordDepth'>,
): AsyncIterable<unknown> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let inList = false;
  let depth = 0;
  let inText = false;
  let escaped = false;
  let count = 0;
  let held: Uint8Array[] = [];
  let heldBytes = 0;

  const hold = (piece: Uint8Array): void => {
    heldBytes += piece.length;
    if (heldBytes > bounds.maxRecordBytes) {
      throw passes(`${where}, record ${String(count + 1)}`, `more than ${String(bounds.maxRecordBytes)} bytes`);
    }
    held.push(piece);
  };
  const wrong = (what: string): CavendishError => {
    return new CavendishError('bad-input', `${where}, record ${String(count + 1)}: ${what}`);
  };

  for await (const chunk of bytes) {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (inText) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inText = false;
      } else if (depth > 0) {
        if (byte === QUOTE) inText = true;
        else if (byte === OPEN || byte === OPEN_LIST) {
          depth += 1;
          if (depth > bounds.maxRecordDepth) throw wrong('too many objects in one another');
        } else if (byte === CLOSE || byte === CLOSE_LIST) {
          depth -= 1;
          if (depth === 0) {
            hold(chunk.subarray(start, at + 1));
            yield parse(decoder, held, wrong);
            count += 1;
            held = [];
            heldBytes = 0;
          }
        }
      } else if (byte === OPEN) {
        depth = 1;
        start = at;
      } else if (byte === OPEN_LIST && !inList) inList = true;
      else if (byte === CLOSE_LIST && inList) inList = false;
      else if (!SPACES.has(byte) && !(byte === COMMA && inList)) throw wrong('not a JSON object');
    }
    if (depth > 0) hold(chunk.subarray(start));
  }
  if (depth > 0 || inList) throw wrong('the file is cut off');
}

function parse(decoder: TextDecoder, pieces: readonly Uint8Array[], wrong: (what: string) => CavendishError): unknown {
  try {
    return JSON.parse(decoder.decode(Buffer.concat(pieces)));
  } catch (error) {
    throw wrong(`not JSON in UTF-8: ${Error.isError(error) ? error.message : 'unreadable'}`);
  }
}
