/**
 * What SQLite says went wrong, in Cavendish's words.
 *
 * Result codes: https://www.sqlite.org/rescode.html; the low byte of an extended code is the primary one.
 */
import { CavendishError, type ErrorCode } from '../../../core/errors/error.ts';

export const SQLITE_BUSY = 5;

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

const DAMAGED: Failure = {
  code: 'integrity-failed',
  what: 'a file of the home is damaged',
  next: 'Put back a copy of the data folder; `sqlite3 FILE "PRAGMA integrity_check"` says what is wrong.',
};

const BUSY: Failure = {
  code: 'unavailable',
  what: 'another process has been writing for too long',
  next: 'Try again; if it stays so, look for a Cavendish process that hangs.',
};

const UNREADABLE: Failure = {
  code: 'unavailable',
  what: 'a file of the home could not be read or written',
  next: 'Check that the data folder is there, is yours, and lies on a disk that works.',
};

const BY_CODE: Readonly<Record<number, Failure>> = {
  3: UNREADABLE, // SQLITE_PERM
  [SQLITE_BUSY]: BUSY,
  6: BUSY, // SQLITE_LOCKED
  8: UNREADABLE, // SQLITE_READONLY
  10: UNREADABLE, // SQLITE_IOERR
  11: DAMAGED, // SQLITE_CORRUPT
  13: FULL, // SQLITE_FULL
  14: UNREADABLE, // SQLITE_CANTOPEN
  26: DAMAGED, // SQLITE_NOTADB
  // SQLITE_IOERR_SHMSIZE: the index of the write-ahead log could not grow, which a full disk does.
  4874: FULL,
};

/** The result code of an SQLite error; undefined where the error is of another kind. */
export function sqliteCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}

/** Says in Cavendish's words what SQLite says; anything else is handed back as it is. */
export function explain(error: unknown, file: string): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const failure = BY_CODE[code] ?? BY_CODE[code & 0xff];
  if (failure === undefined) return error;
  return new CavendishError(failure.code, `${failure.what} (${file}: SQLite error ${code})`, {
    next: failure.next,
    cause: error,
  });
}
