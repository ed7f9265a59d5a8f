/**
 * The register and the outbox of a laptop home, in one SQLite file.
 *
 * Write-ahead logging with a sync at each commit: what returned is on the disk. One `up` and any
 * number of commands may have the file open at once; who waits longer than the timeout for another's
 * write is told so. Give `:memory:` as the file for a store that lasts as long as its handle.
 */
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

import type { RegisterStore } from '../../../pipeline/ports/register-store.ts';
import type { WorkQueue } from '../../../pipeline/ports/work-queue.ts';
import { explain, SQLITE_BUSY, sqliteCode } from './failures.ts';
import { localRegister } from './register.ts';
import { checkFormat, migrate } from './schema.ts';
import { localWork } from './work-queue.ts';

export interface LocalStoreOptions {
  /** @default 5000 - milliseconds to wait for another process's write */
  readonly busyTimeout?: number;
  /** @default 900 - seconds until a claim lapses though its process lives */
  readonly leaseSeconds?: number;
}

export interface LocalStore {
  readonly register: RegisterStore;
  readonly work: WorkQueue;
  /**
   * Lets go of all claims but those of this handle. For the process that holds the home's lock,
   * when it starts: whoever claimed before it is dead.
   *
   * @returns how many there were
   */
  releaseClaims(): number;
  close(): void;
}

/**
 * Opens the file, or makes it.
 *
 * @throws CavendishError `unsupported` where a newer Cavendish made it, `bad-input` where another
 *   program did, `integrity-failed`, `storage-full`, `unavailable`
 */
export function openLocalStore(file: string, options: LocalStoreOptions = {}): LocalStore {
  const { busyTimeout = 5000, leaseSeconds = 900 } = options;
  /** Runs work on the file, and says in Cavendish's words what went wrong. */
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw explain(error, file);
    }
  };

  return guard(() => {
    const db = new DatabaseSync(file, { timeout: busyTimeout });
    try {
      checkFormat(db, file);
      keepLog(db, busyTimeout);
      migrate(db);
      const { releaseClaims, ...work } = localWork(db, {
        guard,
        owner: `${process.pid}/${randomUUID()}`,
        leaseSeconds,
      });
      return { register: localRegister(db, guard), work, releaseClaims, close: () => db.close() };
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

const PAUSE = 10;

/**
 * Turns on the write-ahead log, and a sync at each commit.
 *
 * SQLite does not wait where two do this to a new file at the same moment, so the waiting is here.
 */
function keepLog(db: DatabaseSync, patience: number): void {
  for (let waited = 0; ; waited += PAUSE) {
    try {
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
      return;
    } catch (error) {
      if (sqliteCode(error) !== SQLITE_BUSY || waited >= patience) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
