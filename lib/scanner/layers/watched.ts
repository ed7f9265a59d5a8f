/**
 * What is watched in layers: the files that catalogers want, and the folders on the way there.
 */
import type { AnyCataloger } from '../catalogers/cataloger.ts';
import { CATALOGERS } from '../catalogers/catalogers.ts';
import { mayBeMarker } from '../coverage/markers.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { foldersAbove } from './names.ts';

const FOLDERS: ReadonlySet<string> = new Set(
  CATALOGERS.flatMap(({ folders }) => folders.flatMap((folder) => [folder, ...foldersAbove(folder)])),
);

/** The cataloger that wants a file; undefined where none does. */
export function catalogerOf(path: string): AnyCataloger | undefined {
  return CATALOGERS.find(({ wants }) => wants(path));
}

/** The cataloger that looks into a file which none wants by its name; undefined where none does. */
export function lookerInto(path: string, size: number): AnyCataloger | undefined {
  return CATALOGERS.find(({ looksInto }) => looksInto?.(path, size) ?? false);
}

/** True where a symbolic link is kept: where none is kept, there is none. */
export function isWatched(path: string): boolean {
  return !path.includes('/') || FOLDERS.has(path) || catalogerOf(path) !== undefined;
}

/** True where it matters whether a package of the distribution owns the file: it is, or gives away, a package. */
export function ownerMatters(path: string): boolean {
  // No file of a layer has a longer one; what a list says may be anything.
  return path.length <= DEFAULT_LIMITS.pathLength && (mayBeMarker(path) || catalogerOf(path) !== undefined);
}
