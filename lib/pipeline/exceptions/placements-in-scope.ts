/** Where images stand that an exception may cover, now. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { assetOf } from '../../core/appetite/asset-of.ts';
import { namesRepository } from '../../core/appetite/repository-pattern.ts';
import type { ScopedImages } from '../../core/exceptions/scope.ts';
import type { Placement } from '../../core/image/placement.ts';
import { clonesOf } from '../judge-again/clones.ts';
import { everyPlacement } from '../lineage/every-placement.ts';
import { placementsOf } from '../lineage/follow-rows.ts';
import type { RegisterStore } from '../ports/register-store.ts';

export async function* placementsInScope(
  images: ScopedImages,
  appetite: Pick<Appetite, 'assets' | 'unnamed'>,
  register: RegisterStore,
): AsyncGenerator<Placement> {
  if ('digest' in images) yield* placementsOf([images.digest], register);
  else if ('base' in images) yield* placementsOf(await clonesOf(images.base, register), register);
  else {
    for await (const placement of everyPlacement(register)) {
      const { repository } = placement;
      const isNamed =
        'asset' in images
          ? assetOf(appetite, repository).asset?.id === images.asset
          : namesRepository(images.repository, repository);
      if (isNamed) yield placement;
    }
  }
}
