import type { Appetite } from '../../core/appetite/appetite.ts';
import { assetOf } from '../../core/appetite/asset-of.ts';
import { CavendishError } from '../../core/errors/error.ts';

/** @throws CavendishError `not-found` where the appetite knows no such asset, and it is no repository */
export function ownerOfAsset(asset: string, appetite: Appetite): string {
  const named = appetite.assets.find((one) => one.id === asset);
  if (named !== undefined) return named.owner;
  const repository = /^repository:(.+)$/u.exec(asset)?.[1];
  if (repository !== undefined && assetOf(appetite, repository).asset === null) return appetite.unnamed.owner;
  const known = appetite.assets.map((one) => one.id).join(', ');
  throw new CavendishError('not-found', `the appetite names no asset "${asset}"`, {
    next: `It names: ${known === '' ? 'none' : known}. What no asset names is repository:NAME.`,
  });
}
