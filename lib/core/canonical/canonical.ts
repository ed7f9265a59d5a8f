/**
 * One way to write a value as bytes, so that equal values have equal bytes and one identity.
 *
 * RFC 8785 (JSON Canonicalization Scheme), hashed with SHA-256.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

import { CavendishError } from '../errors/error.ts';
import type { Digest } from '../image/digest.ts';

/**
 * The canonical bytes of a JSON value. Members that are undefined are left out, as in JSON.
 *
 * @throws CavendishError `bad-input` where the value is not JSON (undefined, NaN, infinite)
 */
export function canonicalBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalText(value));
}

/** The same as text. That of a list is that of its members, with commas between them and brackets around. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new CavendishError('bad-input', 'not a JSON value');
  return text;
}

export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${bytesToHex(sha256(bytes))}`;
}

/** The identity of a value: the digest of its canonical bytes. */
export function contentId(value: unknown): Digest {
  return digestOf(canonicalBytes(value));
}
