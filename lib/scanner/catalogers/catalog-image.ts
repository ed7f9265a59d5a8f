/** Asks every cataloger what it finds in an image. */
import { filesOf } from '../layers/image-files.ts';
import type { ImageState } from '../layers/image-state.ts';
import type { Catalogued, CataloguedPackage } from './cataloger.ts';
import { CATALOGERS } from './catalogers.ts';

/** A package, and the cataloger that found it. */
export interface ImagePackage extends CataloguedPackage {
  readonly foundBy: string;
}

export interface CataloguedImage extends Catalogued {
  readonly packages: readonly ImagePackage[];
}

export function catalogImage(state: ImageState): CataloguedImage {
  const found = CATALOGERS.map((cataloger) => ({
    foundBy: cataloger.name,
    ...cataloger.catalog(filesOf(state, cataloger.name)),
  }));
  return {
    packages: found.flatMap(({ packages, foundBy }) => packages.map((one) => ({ ...one, foundBy }))),
    gaps: found.flatMap(({ gaps }) => gaps),
    database: found.some(({ database }) => database),
    owns: () => found.flatMap(({ owns }) => owns()),
    distribution: found.find(({ distribution }) => distribution !== null)?.distribution ?? null,
  };
}
