/**
 * The files of an image as a cataloger asks for them: symbolic links followed inside the image,
 * as the kernel would with the image for its root, and nowhere else.
 */
import type { Files, Found } from '../catalogers/cataloger.ts';
import type { ImageState } from './image-state.ts';
import type { Kept } from './kept.ts';
import { linkedFrom } from './names.ts';
import { byName, nodeAt, valuesOf } from './tree.ts';
import { catalogerOf, isWatched } from './watched.ts';

/** As many links as Linux follows in one path. */
const MAX_LINKS = 40;

type Resolved = { readonly path: string } | { readonly why: string };

/** @returns the files as a cataloger, by its name, sees them: it is given what it read itself */
export function filesOf(state: ImageState): (cataloger: string) => Files<unknown> {
  let found: ReadonlyMap<string, readonly Found<unknown>[]> | null = null;
  return (cataloger) => ({
    ...namedFiles(state, cataloger),
    all: () => (found ??= everything(state)).get(cataloger) ?? [],
  });
}

/** What each cataloger read anywhere, and what it was to read and did not, in the order of paths. */
function everything({ tree }: ImageState): ReadonlyMap<string, readonly Found<unknown>[]> {
  const found = new Map<string, Found<unknown>[]>();
  for (const [path, value] of valuesOf(tree)) {
    const [cataloger, one] = seenAt(path, value);
    if (one.is === 'absent') continue;
    const before = found.get(cataloger);
    if (before === undefined) found.set(cataloger, [one]);
    else before.push(one);
  }
  return found;
}

function seenAt(path: string, value: Kept): readonly [cataloger: string, Found<unknown>] {
  if (value.is === 'read') return [value.cataloger, { is: 'read', path, content: value.content }];
  if (value.is === 'blocked') return [value.cataloger, { is: 'blocked', path, why: value.why }];
  const cataloger = value.is === 'link' ? catalogerOf(path) : undefined;
  if (value.is !== 'link' || cataloger === undefined) return ['', { is: 'absent' }];
  // A file of a name that is wanted is read where it is itself.
  const place = linkedFrom(path, value.target);
  if (catalogerOf(place) === cataloger) return ['', { is: 'absent' }];
  return [cataloger.name, { is: 'blocked', path, why: `leads to ${place}, which was not read` }];
}

function namedFiles(state: ImageState, cataloger: string): Pick<Files<unknown>, 'file' | 'folder'> {
  function file(path: string): Found<unknown> {
    const resolved = resolve(state, path);
    if ('why' in resolved) return { is: 'blocked', path, why: resolved.why };
    const value = nodeAt(state.tree, resolved.path)?.value ?? null;
    // Of files that nobody wants nothing is known: not that they are there, nor that they are not.
    const known = resolved.path === path || catalogerOf(resolved.path) !== undefined;
    if (value === null && known) return { is: 'absent' };
    if (value?.is === 'blocked') return { is: 'blocked', path, why: value.why };
    if (value?.is === 'read' && value.cataloger === cataloger) {
      return { is: 'read', path: resolved.path, content: value.content };
    }
    return { is: 'blocked', path, why: `leads to ${resolved.path}, which was not read` };
  }

  function folder(path: string): readonly Found<unknown>[] {
    const resolved = resolve(state, path);
    if ('why' in resolved) return [{ is: 'blocked', path, why: resolved.why }];
    if (resolved.path !== path) {
      return [{ is: 'blocked', path, why: `leads to ${resolved.path}, which was not read` }];
    }
    const node = nodeAt(state.tree, resolved.path);
    return [...(node?.children ?? [])]
      .sort(byName)
      .map(([name]) => `${resolved.path}/${name}`)
      .filter((place) => catalogerOf(place)?.name === cataloger)
      .map(file);
  }

  return { file, folder };
}

/** Follows links to where a path leads; why not, where what lies on the way is not known. */
function resolve(state: ImageState, path: string): Resolved {
  const ahead = path.split('/').reverse();
  let behind: string[] = [];
  let links = 0;

  for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (!isWatched(behind.join('/'))) return { why: `leads through ${behind.join('/')}, which was not read` };
      behind.pop();
      continue;
    }
    const place = [...behind, part].join('/');
    const value = nodeAt(state.tree, place)?.value;
    if (value?.is !== 'link') {
      behind.push(part);
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) return { why: 'is a chain of symbolic links without an end' };
    if (value.target.startsWith('/')) behind = [];
    ahead.push(...value.target.split('/').reverse());
  }
  return { path: behind.join('/') };
}
