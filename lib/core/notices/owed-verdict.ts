/** A verdict that is news: what its notice and its events are made from. */
import type { Digest } from '../image/digest.ts';
import type { Placement } from '../image/placement.ts';
import type { Advice } from '../lineage/advice.ts';
import type { Assessment } from '../register/assessment.ts';

export interface OwedVerdict {
  readonly assessment: Assessment & { readonly placement: Placement };
  readonly id: Digest;
  readonly tag: string | null;
  /** What people were last told of this repository, tag, platform and stage. */
  readonly previous: Assessment | null;
  /** What to say of its base; null where there is nothing to do about it. */
  readonly advice: Advice | null;
  /** How many changes were told of it, this one counted. */
  readonly revision: number;
  /** Who hears of it where no asset names an owner. */
  readonly fallbackOwner: string;
}
