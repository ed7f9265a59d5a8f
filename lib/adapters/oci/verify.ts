/** Whether bytes are what their digest says. */
import { createHash } from 'node:crypto';

import { CavendishError } from '../../core/errors/error.ts';
import { type Digest, hexOf } from '../../core/image/digest.ts';

/**
 * @param what - what people call it: `the manifest of 127.0.0.1:5480/team/app`
 * @throws CavendishError `integrity-failed`
 */
export function verify(bytes: Uint8Array, digest: Digest, what: string): void {
  const algorithm = digest.slice(0, digest.indexOf(':'));
  if (createHash(algorithm).update(bytes).digest('hex') !== hexOf(digest)) {
    throw new CavendishError('integrity-failed', `${what} is not what was asked for: its digest is not ${digest}`);
  }
}
