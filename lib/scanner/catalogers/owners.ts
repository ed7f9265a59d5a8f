/**
 * Which package of the distribution brought a file.
 *
 * Where a folder of the root is a link to another (`/lib` to `usr/lib`), a database may name its files
 * by either way.
 */
import type { ImageState } from '../layers/image-state.ts';
import type { Catalogued, CataloguedPackage } from './cataloger.ts';

/** Parts a file inside an archive from the archive. */
const INSIDE = '!/';

/** @param owns - of each cataloger; asked once, when an owner is first asked for */
export function ownersIn(
  { tree }: ImageState,
  owns: readonly Catalogued['owns'][],
): (path: string) => CataloguedPackage | null {
  const links = linksIn(tree);
  let owners: ReadonlyMap<string, CataloguedPackage> | null = null;

  function canonical(path: string): string {
    const slash = path.indexOf('/');
    const target = slash === -1 ? undefined : links.get(path.slice(0, slash));
    return target === undefined ? path : `${target}${path.slice(slash)}`;
  }

  // Asked after each layer, of thousands of files: no lists on the way.
  function gather(): ReadonlyMap<string, CataloguedPackage> {
    const gathered = new Map<string, CataloguedPackage>();
    for (const of of owns) for (const [file, owner] of of()) gathered.set(canonical(file), owner);
    return gathered;
  }

  return (path) => {
    owners ??= gather();
    const inside = path.indexOf(INSIDE);
    return owners.get(canonical(inside === -1 ? path : path.slice(0, inside))) ?? null;
  };
}

/** Folders of the root that are links, and to where, from the root. */
function linksIn({ children }: ImageState['tree']): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const [name, { value }] of children) {
    if (value?.is === 'link') links.set(name, value.target.replace(/^(?:\.?\/)+/u, ''));
  }
  return links;
}
