/**
 * The family of an image upwards: its bases, as they were known when it was judged.
 *
 * A base is an image whose layers are the first layers of the other, or all of them. The nearest one
 * has the most layers; its own bases follow it.
 */
import type { Digest } from '../image/digest.ts';
import type { Approval } from './approval.ts';

export interface Base {
  readonly image: Digest;
  /** How many layers it has: those of the image up to there are its. */
  readonly layers: number;
  /** What people call it, given names first; none where it was only ever pushed without a tag. */
  readonly names: readonly string[];
  /** ISO 8601, as it says. */
  readonly created: string | null;
  /**
   * It stands in the image's own repository: an earlier build of the same thing, and no base that
   * somebody else answers for. Else a team could push its image twice and inherit its own findings.
   */
  readonly own: boolean;
  readonly approval: Approval | null;
  /** The newest build that has one of its names, where that is another; null where it is the newest itself. */
  readonly newest: { readonly image: Digest; readonly name: string; readonly created: string | null } | null;
}

export interface Lineage {
  /** The nearest first. */
  readonly bases: readonly Base[];
  /** Of the image itself, as a base of others. */
  readonly approval: Approval | null;
}

/** Of an image whose layers are not known. */
export const NO_LINEAGE: Lineage = { bases: [], approval: null };

/** The base that criteria and advice speak of: the nearest that is no earlier build of the same repository. */
export function baseOf({ bases }: Lineage): Base | null {
  return bases.find(({ own }) => !own) ?? null;
}

/** What people read of a base: a name, or else the beginning of its digest is all there is. */
export function nameOf({ names }: Pick<Base, 'names'>): string {
  return names[0] ?? '';
}
