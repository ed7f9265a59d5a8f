/**
 * Identifiers in the order of time: ULIDs whose random part is drawn from the content.
 *
 * So the same thing asked for twice at one instant is one thing, a retry makes no second one, and the
 * core needs no chance.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { ulid } from 'ulid';

import { canonicalBytes } from './canonical.ts';

/** How many values a byte has. */
const BYTE = 256;

/**
 * @param at - ISO 8601
 * @param content - what makes it this thing: a JSON value
 * @returns 26 characters of Crockford's base 32
 */
export function ulidOf(at: string, content: unknown): string {
  const drawn = sha256(canonicalBytes(content));
  let place = 0;
  return ulid(Date.parse(at), () => {
    const byte = drawn[place % drawn.length] ?? 0;
    place += 1;
    return byte / BYTE;
  });
}
