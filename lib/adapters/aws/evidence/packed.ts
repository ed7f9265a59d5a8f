/** A piece of evidence as it lies at rest: zstd, and two digests, of the bytes and of what is stored. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';

import type { Digest } from '../../../core/image/digest.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export interface Packed {
  readonly bytes: Uint8Array;
  /** sha256 of the packed bytes in base64, as S3 keeps it beside the object and checks what arrives by it. */
  readonly checksum: string;
}

export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export async function pack(bytes: Uint8Array): Promise<Packed> {
  const packed = await compress(bytes);
  return { bytes: packed, checksum: createHash('sha256').update(packed).digest('base64') };
}

export type Unpacked =
  | { readonly is: 'whole'; readonly bytes: Uint8Array }
  | { readonly is: 'altered' | 'too large'; readonly cause?: unknown };

/** Unpacks what has that digest and is not larger than that. */
export async function unpack(packed: Uint8Array, digest: Digest, maxBytes: number): Promise<Unpacked> {
  let bytes: Uint8Array;
  try {
    bytes = await decompress(packed, { maxOutputLength: maxBytes });
  } catch (cause) {
    const code = Error.isError(cause) && 'code' in cause ? String(cause.code) : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') return { is: 'too large', cause };
    if (code.startsWith('ZSTD_') || code === 'Z_BUF_ERROR') return { is: 'altered', cause };
    throw cause;
  }
  return digestOf(bytes) === digest ? { is: 'whole', bytes } : { is: 'altered' };
}
