/**
 * One process at a time fetches into a folder: two that append to one file would make neither's.
 *
 * The lock is an SQLite file that is locked exclusively: the kernel frees it when the process ends, however it ends.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { CavendishError } from '../../../core/errors/error.ts';
import { explainRead } from '../failures.ts';

/** @throws CavendishError `already-running` where another holds it */
export async function lockFolder(folder: string): Promise<() => void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw explainRead(error, folder);
  });
  const lock = new DatabaseSync(join(folder, 'lock'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new CavendishError('already-running', 'feeds are being refreshed by another process', {
      next: 'Wait for it, or end it: what it fetched is kept.',
      cause: error,
    });
  }
  return () => {
    lock.close();
  };
}

/** SQLITE_BUSY */
function isBusy(error: unknown): boolean {
  return Error.isError(error) && 'errcode' in error && error.errcode === 5;
}
