/**
 * Content digests, as in the OCI image specification (descriptor.md, "Digests").
 */
import { CavendishError } from '../errors/error.ts';

export type Digest = `sha256:${string}` | `sha512:${string}`;

const FORMS = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/u;

export function isDigest(text: string): text is Digest {
  return FORMS.test(text);
}

/**
 * Reads a digest.
 *
 * @throws CavendishError `bad-input` where the text is no sha256 or sha512 digest
 */
export function parseDigest(text: string): Digest {
  if (!isDigest(text)) {
    throw new CavendishError('bad-input', `"${text}" is not a digest`, {
      next: 'A digest is sha256: and 64 hexadecimal digits, in lower case.',
    });
  }
  return text;
}

/** The hexadecimal part. */
export function hexOf(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1);
}

/** What people read: the first twelve hexadecimal digits. */
export function shortDigest(digest: Digest): string {
  return hexOf(digest).slice(0, 12);
}
