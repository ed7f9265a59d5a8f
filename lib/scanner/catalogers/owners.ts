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
  let owners: ReadonlyMap<string, CataloguedPackage> | null = null;

  function canonical(path: string): string {
    const slash = path.indexOf('/');
    const link = slash === -1 ? null : tree.children.get(path.slice(0, slash))?.value;
    return link?.is === 'link' ? `${link.target.replace(/^(?:\.?\/)+/u, '')}${path.slice(slash)}` : path;
  }

  return (path) => {
    owners ??= new Map(owns.flatMap((of) => [...of()].map(([file, owner]) => [canonical(file), owner] as const)));
    const [file = ''] = path.split(INSIDE, 1);
    return owners.get(canonical(file)) ?? null;
  };
}
