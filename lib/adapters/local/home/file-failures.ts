/** What the file system says went wrong, in Cavendish's words. */
import { CavendishError, type ErrorCode } from '../../../core/errors/error.ts';

interface Failure {
  readonly code: ErrorCode;
  readonly what: string;
  readonly next: string;
}

const FULL: Failure = {
  code: 'storage-full',
  what: 'no space is left',
  next: 'Free some space where the data folder lies, then try again: nothing was lost.',
};

const FORBIDDEN: Failure = {
  code: 'unavailable',
  what: 'this user may not use the file',
  next: 'Give the data folder to the user that Cavendish runs as, or name another one with --data.',
};

const BROKEN: Failure = {
  code: 'unavailable',
  what: 'the disk did not do what was asked',
  next: 'Check the disk that the data folder lies on, then try again.',
};

const CROWDED: Failure = {
  code: 'unavailable',
  what: 'too many files are open',
  next: 'Raise the limit of open files (`ulimit -n`), then try again.',
};

const BY_CODE: Readonly<Record<string, Failure>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EROFS: FORBIDDEN,
  EIO: BROKEN,
  EMFILE: CROWDED,
  ENFILE: CROWDED,
};

/** The error code of the file system; undefined where the error is of another kind. */
export function fileErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Says in Cavendish's words what the file system says; anything else is handed back as it is. */
export function explainFile(error: unknown, path: string): unknown {
  const failure = BY_CODE[fileErrorCode(error) ?? ''];
  if (failure === undefined) return error;
  return new CavendishError(failure.code, `${failure.what} (${path})`, { next: failure.next, cause: error });
}
