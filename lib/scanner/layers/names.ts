/**
 * Names of tar entries → paths in the image, and what they do to lower layers (OCI image
 * specification, layer.md).
 */
import { CavendishError } from '../../core/errors/error.ts';
import { limitExceeded, type Limits } from '../limits.ts';

/** Clean paths, with neither a leading slash nor `.` and `..`; the root is `''`. */
export type Name =
  | { readonly does: 'stand'; readonly path: string }
  /** Removes what lower layers have at the path. */
  | { readonly does: 'remove'; readonly path: string }
  /** Hides what lower layers have in the folder. */
  | { readonly does: 'hide'; readonly path: string }
  /** Bookkeeping of aufs. */
  | { readonly does: 'nothing' };

const WHITEOUT = '.wh.';
const BOOKKEEPING = '.wh..wh.';
const OPAQUE = '.wh..wh..opq';

/**
 * Reads the name of an entry.
 *
 * @throws CavendishError `bad-input` where it leads out of the image, `limit-exceeded`
 */
export function readName(name: string, limits: Limits): Name {
  const path = cleanPath(name, limits);
  if (path === null) {
    throw new CavendishError('bad-input', `an entry of the layer leads out of the image: ${JSON.stringify(name)}`);
  }

  const slash = path.lastIndexOf('/');
  const folder = path.slice(0, Math.max(slash, 0));
  const base = path.slice(slash + 1);
  if (!base.startsWith(WHITEOUT)) return { does: 'stand', path };
  if (base === OPAQUE) return { does: 'hide', path: folder };
  if (base.startsWith(BOOKKEEPING)) return { does: 'nothing' };

  const removed = base.slice(WHITEOUT.length);
  if (removed === '' || removed === '.' || removed === '..') {
    throw new CavendishError('bad-input', `an entry of the layer is a whiteout of nothing: ${JSON.stringify(name)}`);
  }
  return { does: 'remove', path: folder === '' ? removed : `${folder}/${removed}` };
}

/**
 * A path without a leading slash, `.`, `..` and doubled slashes; null where it leads out.
 *
 * @throws CavendishError `limit-exceeded`, `bad-input` where it holds a NUL
 */
export function cleanPath(name: string, limits: Pick<Limits, 'pathLength' | 'pathDepth'>): string | null {
  if (name.length > limits.pathLength) throw limitExceeded(`a path is longer than ${limits.pathLength} characters`);
  if (name.includes('\0')) throw new CavendishError('bad-input', 'a path holds a NUL character');

  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  if (parts.length > limits.pathDepth) throw limitExceeded(`a path is deeper than ${limits.pathDepth} folders`);
  return parts.join('/');
}

/** Where a symbolic link leads by its text: above the root is the root. */
export function linkedFrom(path: string, target: string): string {
  const parts = target.startsWith('/') ? [] : path.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The folders above a path, the nearest first; not the root. */
export function* foldersAbove(path: string): Generator<string, void, undefined> {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) yield path.slice(0, at);
}
