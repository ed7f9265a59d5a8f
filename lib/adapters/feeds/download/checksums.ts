/** What a server says that the bytes of a file hash to, and whether they do. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';

import { CavendishError } from '../../../core/errors/error.ts';
import type { Digest } from '../../../core/image/digest.ts';
import { explainRead } from '../failures.ts';

export interface Checksum {
  readonly algorithm: 'md5' | 'sha256';
  readonly base64: string;
}

/** Google's storage says MD5 in `x-goog-hash`; `repr-digest` is RFC 9530's. Null where it says nothing that is known. */
export function checksumOf(headers: IncomingHttpHeaders): Checksum | null {
  const said = (name: string): string => [headers[name] ?? []].flat().join(',');
  const sha256 = /(?:^|[ ,])sha-256=:([A-Za-z0-9+/=]+):/u.exec(said('repr-digest'))?.[1];
  if (sha256 !== undefined) return { algorithm: 'sha256', base64: sha256 };
  const md5 = /(?:^|[ ,])md5=([A-Za-z0-9+/=]+)/u.exec(said('x-goog-hash'))?.[1];
  return md5 === undefined ? null : { algorithm: 'md5', base64: md5 };
}

/** @throws CavendishError `integrity-failed` where the file is not what the server says */
export async function digestFile(path: string, checksum: Checksum | null, url: string): Promise<Digest> {
  const ours = createHash('sha256');
  const theirs = checksum === null ? null : createHash(checksum.algorithm);
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      ours.update(chunk);
      theirs?.update(chunk);
    }
  } catch (error) {
    throw explainRead(error, path);
  }
  if (checksum !== null && theirs?.digest('base64') !== checksum.base64) {
    throw new CavendishError('integrity-failed', `${url}: its bytes do not have the checksum that its server says`);
  }
  return `sha256:${ours.digest('hex')}`;
}
