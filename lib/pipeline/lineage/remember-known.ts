/** Remembers an image that was scanned before families were known, from its inventory: it need not be pushed again. */
import { NOTHING_SAID } from '../../core/image/open-image.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { Platform } from '../../core/image/platform.ts';
import { pushedName } from '../../core/lineage/build-name.ts';
import { factsKey } from '../../core/register/index-keys.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { rememberImage } from './remember-image.ts';
import { rememberName } from './remember-name.ts';

interface KnownImage {
  readonly placement: Placement;
  readonly platform: Platform;
  readonly tags: readonly string[];
}

/**
 * Does nothing where it is remembered. What it says of its base is in no inventory: until another
 * image of the same layers is pushed there is nothing to settle by that.
 *
 * @param at - ISO 8601: it counts as first seen then
 */
export async function rememberKnown(
  { placement, platform, tags }: KnownImage,
  inventory: Inventory,
  at: string,
  register: RegisterStore,
): Promise<void> {
  const { digest } = placement;
  if ((await register.get(factsKey(digest))) !== null) return;
  const { layers, created } = inventory;
  await rememberImage({ digest, platform, created, layers, base: NOTHING_SAID }, inventory, at, register);
  for (const tag of tags) await rememberName(digest, pushedName(placement, tag), register);
}
