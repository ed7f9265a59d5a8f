/** Answers and failures as HTTP. */
import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

import { CavendishError, type ErrorCode, isCavendishError } from '../../lib/core/errors/error.ts';

/** Bytes of an answer as it goes out: Lambda gives out six million at most. */
export const MOST_ANSWER = 5_000_000;
/** Bytes of JSON that are worth being packed. */
const PACKED_FROM = 50_000;

const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

const STATUS: Readonly<Record<ErrorCode, number>> = {
  'bad-input': 400,
  'wrong-use': 400,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'already-running': 409,
  'limit-exceeded': 413,
  unsupported: 422,
  'integrity-failed': 500,
  'address-in-use': 500,
  unavailable: 503,
  'storage-full': 503,
};

/** @throws CavendishError `limit-exceeded` where it is too large to be given out, packed or not */
export function answer(result: unknown, accepts = ''): APIGatewayProxyStructuredResultV2 {
  const json = JSON.stringify(result ?? null);
  const packs = json.length >= PACKED_FROM && /\bgzip\b/iu.test(accepts);
  const body = packs ? gzipSync(json).toString('base64') : json;
  if (Buffer.byteLength(body) > MOST_ANSWER) {
    throw new CavendishError('limit-exceeded', 'the answer is larger than 5 MB', {
      next: 'Ask for less of it: fewer rows a page, one image, one base.',
    });
  }
  const headers = packs ? { ...HEADERS, 'content-encoding': 'gzip' } : HEADERS;
  return { statusCode: 200, headers, body, isBase64Encoded: packs };
}

/** What is not foreseen tells nothing but where to look. */
export function failure(error: unknown, requestId: string): APIGatewayProxyStructuredResultV2 {
  if (!isCavendishError(error)) {
    const next = `Who runs Cavendish finds it in the log of the function api: ${requestId}`;
    const body = { code: 'internal', message: 'something failed that should not have', next };
    return { statusCode: 500, headers: HEADERS, body: JSON.stringify(body) };
  }
  const { code, message, next } = error;
  return { statusCode: STATUS[code], headers: HEADERS, body: JSON.stringify({ code, message, next }) };
}
