/** Whose a package is: the base's that brought its layer, or the image's own. */
import type { Digest } from '../image/digest.ts';
import type { Finding } from '../matching/finding.ts';
import type { Base, Lineage } from './lineage.ts';

/**
 * Answers, for the layer from which a package is there, which base brought it: the one with the
 * fewest layers that has it. Null where the image brought it itself, or an earlier build of it did.
 *
 * @param layers - the diff IDs of the image's layers, from the base upwards; of a layer that is there
 *   twice the first counts
 */
export function bringers({ bases }: Lineage, layers: readonly Digest[]): (layer: Digest) => Base | null {
  return (layer) => {
    const at = layers.indexOf(layer);
    // The farthest of the nearest-first: the fewest layers, and of equal ones the base of the other.
    const bringer = at === -1 ? undefined : bases.findLast((base) => base.layers > at);
    return bringer === undefined || bringer.own ? null : bringer;
  };
}

/** True where a base brought the package of the finding. */
export function isInherited({ inheritedFrom }: Pick<Finding, 'inheritedFrom'>): boolean {
  return inheritedFrom !== null;
}
