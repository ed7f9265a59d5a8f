/** What a case of the hand-made calendar says: hand-calendar.ts. */

/** What happens to the thing after it has begun. Instants are ISO 8601. */
export type Happening =
  | { readonly at: string; readonly what: 'superseded' | 'revoked' | 'lapsed' | 'expired' | 'withdrawn' }
  | { readonly at: string; readonly what: 'acknowledged'; readonly until?: string }
  /** Another date: of the review, of the risk's treatment, of the next validation, of the approval. */
  | { readonly at: string; readonly what: 'moved'; readonly due: string };

export interface CalendarCase {
  readonly name: string;
  readonly zone: string;
  /** Wall clock; 09:00 where left out. */
  readonly wall?: string;
  /** 30, 14, 7, 1, on the day and every 7 days after it, where left out. */
  readonly ladder?: {
    readonly daysBefore: readonly number[];
    readonly onTheDay: boolean;
    readonly thenEveryDays: number | null;
  };
  readonly kind: 'expiry' | 'review' | 'risk' | 'evidence' | 'approval';
  /** When it was granted, treated, recorded, approved. */
  readonly since: string;
  /** A day or an instant; of evidence the day on which it was done. Of a review the review: `expiry` is beside it. */
  readonly due: string;
  readonly expiry?: string;
  readonly then?: readonly Happening[];
  /** How far the calendar looks. */
  readonly until: string;
  /** Each: the rung, with the kind before it where there are two, and the minute in UTC. */
  readonly rungs: string;
}
