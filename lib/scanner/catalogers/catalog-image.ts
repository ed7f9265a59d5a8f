/**
 * Asks every cataloger what it finds in an image, and parts the packages from those that a package of
 * the distribution brought.
 */
import { isOfDistribution } from '../../core/sbom/inventory.ts';
import { filesOf } from '../layers/image-files.ts';
import type { ImageState } from '../layers/image-state.ts';
import type { Catalogued, CataloguedPackage } from './cataloger.ts';
import { CATALOGERS } from './catalogers.ts';
import { ownersIn } from './owners.ts';

/** A package, and the cataloger that found it. */
export interface ImagePackage extends CataloguedPackage {
  readonly foundBy: string;
}

export interface CataloguedImage extends Omit<Required<Catalogued>, 'owns'> {
  readonly packages: readonly ImagePackage[];
  readonly owned: readonly { readonly one: ImagePackage; readonly owner: CataloguedPackage }[];
  /** The package of the distribution that brought a file; null where none did. */
  readonly ownerOf: (path: string) => CataloguedPackage | null;
}

export function catalogImage(state: ImageState): CataloguedImage {
  const files = filesOf(state);
  const found = CATALOGERS.map((cataloger) => ({
    foundBy: cataloger.name,
    ...cataloger.catalog(files(cataloger.name)),
  }));
  const ownerOf = ownersIn(
    state,
    found.map(({ owns }) => owns),
  );
  const packages: ImagePackage[] = [];
  const owned: CataloguedImage['owned'][number][] = [];
  for (const { packages: ofOne, foundBy: cataloger } of found) {
    for (const one of ofOne) {
      const { foundBy = cataloger } = one;
      const owner = isOfDistribution(one.type) ? null : ownerOf(one.path);
      if (owner === null) packages.push({ ...one, foundBy });
      else owned.push({ one: { ...one, foundBy }, owner });
    }
  }
  return {
    packages,
    owned,
    ownerOf,
    // What the distribution brought and can't be read hides nothing that its own database doesn't name.
    gaps: found.flatMap(({ gaps, database }) => gaps.filter(({ subject }) => database || ownerOf(subject) === null)),
    unread: found.flatMap(({ unread = [] }) => unread),
    database: found.some(({ database }) => database),
    distribution: found.find(({ distribution }) => distribution !== null)?.distribution ?? null,
  };
}
