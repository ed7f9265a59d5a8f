/** What can go wrong on the way to an address, in Cavendish's words: what may pass, and what will not. */
import { CavendishError } from '../../../core/errors/error.ts';
import type { HttpAnswer } from './http-get.ts';

/** A failure that another try may not have. */
export class Passing extends Error {
  readonly reason: CavendishError;
  /** Milliseconds to wait at least; left out: as ever. */
  readonly afterMs: number | undefined;

  constructor(reason: CavendishError, afterMs?: number) {
    super(reason.message, { cause: reason });
    this.name = 'Passing';
    this.reason = reason;
    this.afterMs = afterMs;
  }
}

const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);
const NEXT =
  'What is held stays. Try again; see how this machine reaches the internet (HTTPS_PROXY, NO_PROXY), or name a mirror: docs/feeds.md.';

/** An error of the connection may pass; one of Cavendish's own is handed back as it is. */
export function unreachable(error: unknown, url: string): unknown {
  if (error instanceof CavendishError || error instanceof Passing) return error;
  const what = Error.isError(error) ? (errorCode(error) ?? error.message) : String(error);
  return new Passing(
    new CavendishError('unavailable', `${url} could not be fetched: ${what}`, { next: NEXT, cause: error }),
  );
}

/** An answer that is none of what was asked for. */
export function refused(answer: HttpAnswer, url: string): Error {
  const { status, headers } = answer;
  answer.close();
  if (status === 404 || status === 410) return new CavendishError('not-found', `${url} is not there (${status})`);
  const reason = new CavendishError('unavailable', `${url} is answered with ${status}`, { next: NEXT });
  if (!AGAIN.has(status)) return reason;
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return new Passing(reason, seconds > 0 ? seconds * 1000 : undefined);
}

function errorCode(error: Error): string | null {
  const { message } = error;
  if (message === 'aborted') return 'it was cut off';
  return 'code' in error && typeof error.code === 'string' ? `${error.code} ${message}`.trim() : null;
}
