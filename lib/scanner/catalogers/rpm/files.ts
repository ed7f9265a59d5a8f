/**
 * The files that came with a package: names of folders, names in them, and for each of these the
 * number of its folder.
 */
import { DEFAULT_LIMITS } from '../../limits.ts';
import type { Header } from './header.ts';
import { Damage } from './pieces.ts';

/** What is left for the texts of one database, in UTF-16 units: each takes its length, and {@link EACH}. */
export interface Budget {
  /** For paths that are looked at. */
  read: number;
  /** For what is kept. */
  kept: number;
}

/** Some three times what the largest installations have; of the files of a package few matter. */
export const newBudget = (): Budget => ({ read: 96 * 1024 * 1024, kept: 16 * 1024 * 1024 });

export const EACH = 16;

/** States (rpmfiles.h) of files that are not there, or not from here. */
const ABSENT: ReadonlySet<number> = new Set([2, 3]);
/** A flag of files that a package claims and does not bring. */
const GHOST = 0x40;

/**
 * Those that matter, as paths without a leading slash; folders are among them.
 *
 * @throws Damage
 */
export function filesOf(header: Header, budget: Budget, matters: (path: string) => boolean): string[] {
  assertLeft(budget);
  const files: string[] = [];
  const names = header.texts('baseNames');
  const folders = header.texts('directoryNames');
  const indexes = header.numbers('directoryIndexes');
  const states = header.numbers('fileStates');
  const flags = header.numbers('fileFlags');
  if (indexes.length !== names.length) throw new Damage('has a header whose files have no folders');

  for (const [nth, name] of names.entries()) {
    const folder = folders[indexes[nth] ?? -1];
    if (folder === undefined) throw new Damage('has a header whose files have no folders');
    const length = folder.length + name.length;
    // No longer path can be in an image.
    if (length > DEFAULT_LIMITS.pathLength) continue;
    budget.read -= length + EACH;
    const isThere = !ABSENT.has(states[nth] ?? 0) && ((flags[nth] ?? 0) & GHOST) === 0;
    const path = `${folder}${name}`.replace(/^\/+/u, '');
    if (isThere && matters(path)) {
      budget.kept -= length + EACH;
      files.push(path);
    }
    assertLeft(budget);
  }
  return files;
}

/** @throws Damage where nothing is left */
export function assertLeft({ read, kept }: Budget): void {
  if (read < 0 || kept < 0) throw new Damage('says more than is read');
}
