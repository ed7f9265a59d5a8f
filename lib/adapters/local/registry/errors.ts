/**
 * What a client is told when its request is refused: the OCI distribution specification's codes
 * ("Error Codes"), each with the status that goes with it.
 */
import { type CavendishError, isCavendishError } from '../../../core/errors/error.ts';
import type { Answer } from './answer.ts';

const STATUS = {
  BLOB_UNKNOWN: 404,
  BLOB_UPLOAD_INVALID: 400,
  BLOB_UPLOAD_UNKNOWN: 404,
  DENIED: 403,
  DIGEST_INVALID: 400,
  MANIFEST_BLOB_UNKNOWN: 404,
  MANIFEST_INVALID: 400,
  MANIFEST_UNKNOWN: 404,
  NAME_INVALID: 400,
  NAME_UNKNOWN: 404,
  PAGINATION_NUMBER_INVALID: 400,
  SIZE_INVALID: 400,
  TAG_INVALID: 400,
  TOOMANYREQUESTS: 429,
  UNKNOWN: 500,
  UNSUPPORTED: 405,
} as const;

export type RefusalCode = keyof typeof STATUS;

interface Details {
  /** Where the code's own status does not fit. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly detail?: unknown;
}

/** A request that is answered with an error of the specification. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly detail: unknown;

  constructor(code: RefusalCode, message: string, { status, headers, detail }: Details = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.status = status ?? STATUS[code];
    this.headers = headers ?? {};
    this.detail = detail;
  }
}

/** The refusal that tells a client of an error; null where it is a fault of the registry itself. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (!isCavendishError(error)) return null;
  switch (error.code) {
    case 'storage-full':
      return new Refusal('UNKNOWN', `storage full: ${sentence(error)}`, { status: 507 });
    case 'unavailable':
    case 'conflict':
      return new Refusal('UNKNOWN', sentence(error), { status: 503, headers: { 'retry-after': '1' } });
    case 'limit-exceeded':
      return new Refusal('SIZE_INVALID', sentence(error), { status: 413 });
    default:
      return null;
  }
}

/** The answer in the specification's JSON form. */
export function answerRefusal({ code, message, status, headers, detail }: Refusal): Answer {
  const error = detail === undefined ? { code, message } : { code, message, detail };
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: new TextEncoder().encode(`${JSON.stringify({ errors: [error] })}\n`),
  };
}

function sentence({ message, next }: CavendishError): string {
  return next === undefined ? message : `${message}. ${next}`;
}
