import { CavendishError } from '../../core/errors/error.ts';

/** No report that is known comes near it. */
const DEEPEST = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * A JSON document from outside. What is nested deeper than any report is refused before it is parsed.
 *
 * @throws CavendishError `bad-input` where it is no JSON in UTF-8; `limit-exceeded`
 */
export function parseBounded(bytes: Uint8Array, source: string): unknown {
  if (depthOf(bytes) > DEEPEST) {
    throw new CavendishError('limit-exceeded', `${source} is nested more than ${String(DEEPEST)} deep`);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new CavendishError('bad-input', `${source} is no JSON: it is cut off, or something else`, { cause });
  }
}

function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (inText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (OPENING.has(byte)) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (CLOSING.has(byte)) depth -= 1;
  }
  return deepest;
}
