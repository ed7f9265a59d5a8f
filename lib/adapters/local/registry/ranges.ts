/** Byte ranges: of a blob that is read (RFC 9110, "Range"), of a chunk that is sent (OCI: `Content-Range: 0-99`). */
import { Refusal } from './errors.ts';

export interface ByteRange {
  readonly start: number;
  /** Included. */
  readonly end: number;
}

/**
 * The part of a blob that is asked for; null for the whole. Several ranges at once are answered
 * with the whole, as RFC 9110 allows.
 *
 * @throws Refusal (416) where no byte of the blob is asked for
 */
export function requestedRange(header: string | undefined, size: number): ByteRange | null {
  if (header === undefined || !header.startsWith('bytes=') || header.includes(',')) return null;
  const [, first = '', last = ''] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/u.exec(header) ?? [];

  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if ((first === '' && last === '') || start > end) {
    throw new Refusal('SIZE_INVALID', `the blob has ${size} bytes; the range "${header}" has none of them`, {
      status: 416,
      headers: { 'content-range': `bytes */${size}` },
    });
  }
  return { start, end };
}

/**
 * Where a chunk belongs; null where the client doesn't say.
 *
 * @throws Refusal BLOB_UPLOAD_INVALID where the header can't be read
 */
export function sentRange(header: string | undefined): ByteRange | null {
  if (header === undefined) return null;
  const [, first, last] = /^(?:bytes[ =])?(\d{1,15})-(\d{1,15})(?:\/.*)?$/u.exec(header) ?? [];
  if (first === undefined || last === undefined) {
    throw new Refusal('BLOB_UPLOAD_INVALID', `"${header}" is not a content range such as 0-99`);
  }
  return { start: Number(first), end: Number(last) };
}
