/**
 * Files that are whole or not there: written beside their place, synced, renamed, and the folder synced.
 *
 * A process that dies in between leaves a file whose name says so and whose it was; `sweepLeftovers`
 * takes away those of processes that no longer run.
 */
import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { explainFile, fileErrorCode } from './file-failures.ts';

const LEFTOVER = /^\..+\.(?<pid>\d+)-[0-9a-f]{16}\.tmp$/u;

/** Makes what was created, renamed or removed in a folder survive a power failure. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file in one piece, for its owner alone; durable when it returns, and nothing is left of it when it throws.
 *
 * @throws CavendishError `storage-full`, `unavailable`
 */
export async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(file);
  const beside = join(folder, `.${basename(file)}.${process.pid}-${randomBytes(8).toString('hex')}.tmp`);
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
    await syncFolder(folder);
  } catch (error) {
    await rm(beside, { force: true });
    throw explainFile(error, file);
  }
}

/** Whether a name is that of a file that was never finished. */
export function isLeftover(name: string): boolean {
  return LEFTOVER.test(name);
}

/** Removes what processes that no longer run have left unfinished in a folder, and says how many files. */
export async function sweepLeftovers(folder: string): Promise<number> {
  const dead = (await readdir(folder)).filter((name) => {
    const pid = LEFTOVER.exec(name)?.groups?.['pid'];
    return pid !== undefined && !isRunning(Number(pid));
  });
  for (const name of dead) await rm(join(folder, name), { force: true });
  return dead.length;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not allowed to signal it: then it runs, as somebody else's.
    return fileErrorCode(error) === 'EPERM';
  }
}
