/**
 * All that a judgement rests on, in hand: what `assess` reads, and it reads nothing else.
 */
import type { HeldFeed } from '../advisories/feed.ts';
import type { Appetite } from '../appetite/appetite.ts';
import type { Grant } from '../exceptions/exception.ts';
import type { Digest } from '../image/digest.ts';
import type { Placement } from '../image/placement.ts';
import type { Platform } from '../image/platform.ts';
import type { Stage } from '../image/stage.ts';
import type { Lineage } from '../lineage/lineage.ts';
import type { HeldOpinion } from '../opinions/merge-opinions.ts';
import type { Gap } from '../sbom/gap.ts';
import type { Inventory } from '../sbom/inventory.ts';

/** A bucket of a feed, as read; no records where the feed holds none by that key. */
export interface ReadBucket {
  readonly feed: string;
  readonly key: string;
  readonly hash: Digest | null;
  readonly records: readonly unknown[];
}

/** A known inventory, or the gaps of a scan that gave none. */
export type Scan =
  | { readonly inventory: Inventory; readonly hash: Digest }
  | { readonly inventory: null; readonly gaps: readonly [Gap, ...Gap[]] };

/** A stage that does not come from the appetite: somebody gave it, or the image runs in it. */
export interface GivenStage {
  readonly name: Stage;
  readonly from: 'given' | 'sighted';
}

/** What is known of the image's past that criteria may ask for. */
export interface JudgedHistory {
  /** The stages for which this very image was go before, wherever it stood. */
  readonly passed: readonly Stage[];
  /** ISO 8601: the newest validation of the asset for the stage, if that passed; null where it did not, or there is none. */
  readonly validatedAt: string | null;
}

export const NO_HISTORY: JudgedHistory = { passed: [], validatedAt: null };

export interface JudgedEvidence {
  readonly image: { readonly digest: Digest; readonly reference: string; readonly platform: Platform };
  readonly placement: Placement | null;
  /** The repository that the appetite's assets are asked about; null where the image has none. */
  readonly repository: string | null;
  /** Null: the stage that the appetite gives the repository. */
  readonly stage: GivenStage | null;
  readonly at: string;
  readonly scan: Scan;
  readonly feeds: readonly HeldFeed[];
  readonly buckets: readonly ReadBucket[];
  readonly appetite: { readonly hash: Digest; readonly source: string; readonly value: Appetite };
  /** First sight (ISO 8601) of the vulnerabilities whose publication no record dates. */
  readonly firstSeen: Readonly<Record<string, string>>;
  /** Its bases, as far as they are known. */
  readonly lineage: Lineage;
  /** The granted exceptions that name the image and the stage, and their digests; the order counts for nothing. */
  readonly exceptions: readonly { readonly hash: Digest; readonly grant: Grant }[];
  /** As of when these count, where that is another instant than `at`: what people decide today counts for a sample of yesterday. */
  readonly exceptionsAt?: string;
  readonly history: JudgedHistory;
  /** What other scanners say of the placement; the order counts for nothing. */
  readonly opinions: readonly HeldOpinion[];
}
