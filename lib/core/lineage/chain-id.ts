/**
 * Chain IDs, as in the OCI image specification (config.md, "Layer ChainID"): what a stack of layers
 * comes to when it is applied, whoever compressed them and wherever they are kept.
 *
 *     ChainID(L₀) = DiffID(L₀)
 *     ChainID(L₀|…|Lₙ) = SHA256(ChainID(L₀|…|Lₙ₋₁) + " " + DiffID(Lₙ))
 */
import { digestOf } from '../canonical/canonical.ts';
import type { Digest } from '../image/digest.ts';

/** The chain ID of each prefix of the layers, the shortest first: the last is that of all. */
export function chainIds(diffIds: readonly Digest[]): readonly Digest[] {
  const chain: Digest[] = [];
  for (const diffId of diffIds) {
    const below = chain.at(-1);
    chain.push(below === undefined ? diffId : digestOf(new TextEncoder().encode(`${below} ${diffId}`)));
  }
  return chain;
}
