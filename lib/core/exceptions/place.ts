/** Where an exception counts: in which images, and for which stages. */
import { assetOf } from '../appetite/asset-of.ts';
import { namesRepository } from '../appetite/repository-pattern.ts';
import type { Digest } from '../image/digest.ts';
import type { Stage } from '../image/stage.ts';
import type { Lineage } from '../lineage/lineage.ts';
import type { Scope } from './scope.ts';

/** What is judged, as far as the scope of an exception asks. */
export interface Place {
  /** Null where the image has none. */
  readonly repository: string | null;
  /** The asset that the appetite names; null where none. */
  readonly asset: string | null;
  readonly digest: Digest;
  readonly stage: Stage;
  readonly lineage: Pick<Lineage, 'bases'>;
}

/** What an assessment, or one that is to be made, asks exceptions about. */
export function placeOf(
  { digest, repository, stage, lineage }: Omit<Place, 'asset'>,
  appetite: Parameters<typeof assetOf>[0],
): Place {
  return { digest, repository, stage, lineage, asset: assetOf(appetite, repository).asset?.id ?? null };
}

/** True where the scope names the image and the stage: of its findings nothing is said. */
export function isInPlace({ images, stages }: Pick<Scope, 'images' | 'stages'>, place: Place): boolean {
  if (!stages.includes(place.stage)) return false;
  if ('asset' in images) return images.asset === place.asset;
  if ('digest' in images) return images.digest === place.digest;
  if ('base' in images) return layersOfBase(images.base, place) !== 0;
  return place.repository !== null && namesRepository(images.repository, place.repository);
}

/** How many of the image's layers, from the first, are the base's: all where it is the base itself, 0 where it is no base. */
export function layersOfBase(base: Digest, { digest, lineage }: Pick<Place, 'digest' | 'lineage'>): number {
  if (base === digest) return Number.POSITIVE_INFINITY;
  return lineage.bases.find(({ image }) => image === base)?.layers ?? 0;
}
