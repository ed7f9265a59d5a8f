/** One process at a time fetches into a folder: two that append to one file would make neither's. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { CavendishError } from '../../../core/errors/error.ts';
import { explainRead } from '../failures.ts';

/** @throws CavendishError `already-running` where another process holds it; one that died holds nothing */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (;;) {
      try {
        await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 });
        return () => rm(path, { force: true });
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
        if (isRunning(Number(await readFile(path, 'utf8')))) throw taken();
        await rm(path, { force: true });
      }
    }
  } catch (error) {
    throw explainRead(error, folder);
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not allowed to signal it: then it runs, as somebody else's.
    return codeOf(error) === 'EPERM';
  }
}

function taken(): CavendishError {
  return new CavendishError('already-running', 'feeds are being refreshed by another process', {
    next: 'Wait for it, or end it: what it fetched is kept.',
  });
}

function codeOf(error: unknown): unknown {
  return Error.isError(error) && 'code' in error ? error.code : null;
}
