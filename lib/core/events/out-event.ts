/**
 * Events that Cavendish tells other programs: published, versioned, and only ever added to.
 */
import type { Placement } from '../image/placement.ts';
import type { Stage } from '../image/stage.ts';
import type { Decision } from '../register/assessment.ts';

/** Which of the events it is; EventBridge's `detail-type`. */
export const OUT_EVENTS = ['Verdict Changed', 'Image Unknown', 'Feed Stale'] as const;

interface Common {
  /** The same event told twice has the same id. */
  readonly id: string;
  readonly schemaVersion: 1;
  /** The instant it speaks of (ISO 8601, UTC). */
  readonly at: string;
}

interface OfPlacement extends Common {
  readonly placement: Placement;
  readonly tag: string | null;
  readonly platform: string;
  readonly stage: Stage;
  /** Counts up with each change of the channel's outcome: a late event is known by it. */
  readonly revision: number;
  readonly verdict: Decision;
  readonly blocking: boolean;
  readonly assessment: string;
  readonly owner: string;
}

export interface VerdictChanged extends OfPlacement {
  readonly previous: Decision | null;
  readonly score: number | null;
  readonly vulnerabilities: number;
  readonly criteria: readonly string[];
}

export interface ImageUnknown extends OfPlacement {
  readonly gaps: readonly { readonly kind: string; readonly subject: string; readonly message: string }[];
}

export interface FeedStale extends Common {
  readonly feed: string;
  readonly kind: string;
  readonly date: string;
  readonly ageDays: number;
}

export type OutEvent =
  | { readonly type: 'Verdict Changed'; readonly detail: VerdictChanged }
  | { readonly type: 'Image Unknown'; readonly detail: ImageUnknown }
  | { readonly type: 'Feed Stale'; readonly detail: FeedStale };
