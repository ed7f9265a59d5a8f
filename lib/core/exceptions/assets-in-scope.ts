/** Which assets an exception may concern: who has to approve it, and how long it may hold, follow from them. */
import type { Appetite } from '../appetite/appetite.ts';
import { assetOf } from '../appetite/asset-of.ts';
import { CRITICALITIES, type Criticality } from '../appetite/criticality.ts';
import { overlap } from '../appetite/repository-pattern.ts';
import type { ScopedImages } from './scope.ts';

export interface ScopedAsset {
  /** Null for what no asset of the appetite names. */
  readonly asset: string | null;
  readonly criticality: Criticality;
}

/**
 * Too many rather than too few: what a pattern may name, and, since anything may be built on a base, everything for
 * one. Of a digest those of the repositories where it stands.
 *
 * @param repositories - where the image of a digest stands
 */
export function assetsInScope(
  images: ScopedImages,
  repositories: readonly string[],
  { assets, unnamed }: Pick<Appetite, 'assets' | 'unnamed'>,
): readonly ScopedAsset[] {
  const nobodys = { asset: null, criticality: unnamed.criticality };
  const scoped = (chosen: Appetite['assets']): ScopedAsset[] =>
    chosen.map(({ id, criticality }) => ({ asset: id, criticality }));
  if ('asset' in images) {
    const named = scoped(assets.filter(({ id }) => id === images.asset));
    return named.length === 0 ? [nobodys] : named;
  }
  if ('base' in images) return [...scoped(assets), nobodys];
  if ('digest' in images) {
    const found = repositories.map((repository) => assetOf({ assets, unnamed }, repository).asset);
    const named = scoped(assets.filter((asset) => found.includes(asset)));
    return named.length === 0 || found.includes(null) ? [...named, nobodys] : named;
  }
  const { repository } = images;
  const meeting = assets.filter(({ repositories: patterns }) =>
    patterns.some((pattern) => overlap(pattern, repository)),
  );
  // A plain name is one asset's or nobody's; a pattern may name what no asset does.
  const ofNobody = repository.includes('*') ? true : assetOf({ assets, unnamed }, repository).asset === null;
  return ofNobody ? [...scoped(meeting), nobodys] : scoped(meeting);
}

export function highestCriticality(scoped: readonly ScopedAsset[]): Criticality {
  return CRITICALITIES.findLast((one) => scoped.some(({ criticality }) => criticality === one)) ?? 'critical';
}
