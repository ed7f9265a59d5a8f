/**
 * The one error that Cavendish throws on purpose.
 *
 * Its code is one of a closed set, so that callers branch on it; its message is for people and
 * says what happened; `next` says what to do about it. Anything else that is thrown is a bug or
 * a failure of the machine.
 */
export const ERROR_CODES = {
  'bad-input': 'something given from outside is not what it should be',
  'wrong-use': 'a command or an option was used wrongly',
  'not-found': 'what was asked for is not there',
  'integrity-failed': 'bytes are not what their digest, size or signature says',
  'limit-exceeded': 'a stated bound (bytes, entries, depth, ratio, time) was passed',
  unsupported: 'a form that Cavendish does not read',
  'already-running': 'somebody else holds what only one may hold',
  'address-in-use': 'a port that was asked for is taken',
  'storage-full': 'no space is left where data is kept',
  unavailable: 'a service did not answer, or answered with an error',
  conflict: 'a condition on stored data did not hold',
  forbidden: 'who asks may not have it, or may not do it',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

interface Details {
  /** What the reader can do about it: one sentence, a command where there is one. */
  readonly next?: string;
  readonly cause?: unknown;
}

export class CavendishError extends Error {
  readonly code: ErrorCode;
  readonly next: string | undefined;

  constructor(code: ErrorCode, message: string, { next, cause }: Details = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CavendishError';
    this.code = code;
    this.next = next;
  }
}

export function isCavendishError(error: unknown, code?: ErrorCode): error is CavendishError {
  return error instanceof CavendishError && (code === undefined || error.code === code);
}
