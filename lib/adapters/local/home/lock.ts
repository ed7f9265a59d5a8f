/**
 * The lock that only one `up` holds, and that dies with it.
 *
 * It is the exclusive lock of an SQLite file, which the kernel lets go of when its process ends, however
 * it ends. Who holds it stands in a file beside it, for people: it may be of a holder that died, so it
 * counts only while the lock is held. Never open `up.lock` by other means: closing it would end the lock.
 */
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

import { CavendishError } from '../../../core/errors/error.ts';
import { explain, SQLITE_BUSY, sqliteCode } from '../store/failures.ts';
import { writeDurably } from './durable-file.ts';
import { explainFile, fileErrorCode } from './file-failures.ts';

/** Milliseconds: commands that look whether somebody holds the lock hold it themselves, for less than one. */
const PATIENCE = 500;

const HolderFile = z.object({
  pid: z.number().int().positive(),
  since: z.string().max(64),
  addresses: z.array(z.string().max(256)).max(32),
});

/** Who holds a home; each is null or empty where it is not known (yet). */
export interface Holder {
  readonly pid: number | null;
  /** ISO 8601. */
  readonly since: string | null;
  readonly addresses: readonly string[];
}

export interface Lock {
  /** Says where the home can be reached: the registry's address first. */
  announce(addresses: readonly string[]): Promise<void>;
  release(): Promise<void>;
}

function openLockFile(file: string, readOnly: boolean): DatabaseSync {
  try {
    return new DatabaseSync(file, { readOnly, timeout: readOnly ? 0 : PATIENCE });
  } catch (error) {
    throw explain(error, file);
  }
}

async function readHolder(folder: string): Promise<Holder> {
  const unknown = { pid: null, since: null, addresses: [] };
  try {
    const read = HolderFile.safeParse(JSON.parse(await readFile(join(folder, 'up.json'), 'utf8')));
    return read.success ? read.data : unknown;
  } catch (error) {
    if (error instanceof SyntaxError || fileErrorCode(error) === 'ENOENT') return unknown;
    throw explainFile(error, join(folder, 'up.json'));
  }
}

/** Who holds the home in a folder; null where nobody does. */
export async function holderOf(folder: string): Promise<Holder | null> {
  const file = join(folder, 'up.lock');
  if (!existsSync(file)) return null;
  const db = openLockFile(file, true);
  try {
    db.prepare('SELECT 1 FROM sqlite_schema').all();
    return null;
  } catch (error) {
    if (sqliteCode(error) === SQLITE_BUSY) return await readHolder(folder);
    throw explain(error, file);
  } finally {
    db.close();
  }
}

function heldBy({ pid, since, addresses }: Holder, folder: string): CavendishError {
  const who = pid === null ? 'another process' : `process ${pid}`;
  const where = addresses.length === 0 ? '' : `, at ${addresses.join(', ')}`;
  const from = since === null ? '' : `, since ${since}`;
  return new CavendishError('already-running', `${folder} is in use by ${who}${where}${from}`, {
    next: 'Use the one that runs (every other command works beside it), end it, or name another folder with --data.',
  });
}

/**
 * Takes the lock of a folder, for the life of this process at most.
 *
 * @throws CavendishError `already-running` where another holds it
 */
export async function takeLock(folder: string, since: Date): Promise<Lock> {
  const db = openLockFile(join(folder, 'up.lock'), false);
  try {
    // Nothing is ever written to it, so no journal needs to lie beside it.
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw sqliteCode(error) === SQLITE_BUSY ? heldBy(await readHolder(folder), folder) : explain(error, folder);
  }

  const file = join(folder, 'up.json');
  async function announce(addresses: readonly string[]): Promise<void> {
    const holder = { pid: process.pid, since: since.toISOString(), addresses };
    await writeDurably(file, Buffer.from(`${JSON.stringify(holder)}\n`));
  }
  async function release(): Promise<void> {
    if (!db.isOpen) return;
    await rm(file, { force: true });
    db.close();
  }

  try {
    await announce([]);
  } catch (error) {
    db.close();
    throw error;
  }
  return { announce, release };
}
