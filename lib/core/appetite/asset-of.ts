/** Which asset a repository is, and with that for which stage its images are judged. */
import type { Stage } from '../image/stage.ts';
import type { Appetite, Asset } from './appetite.ts';
import { namesRepository, weightOf } from './repository-pattern.ts';

export interface Named {
  /** Null where no asset names the repository: the appetite's `unnamed` holds. */
  readonly asset: Asset | null;
  readonly stage: Stage;
}

/** The asset whose pattern says the most of the name; the order of the file counts for nothing. */
export function assetOf({ assets, unnamed }: Pick<Appetite, 'assets' | 'unnamed'>, repository: string | null): Named {
  if (repository === null) return { asset: null, stage: unnamed.stage };
  let best: { readonly asset: Asset; readonly weight: number } | null = null;
  for (const asset of assets) {
    for (const pattern of asset.repositories) {
      const weight = weightOf(pattern);
      // Two that weigh the same never name the same repository: such a file is refused.
      if ((best === null || weight > best.weight) && namesRepository(pattern, repository)) best = { asset, weight };
    }
  }
  return best === null ? { asset: null, stage: unnamed.stage } : { asset: best.asset, stage: best.asset.stage };
}
