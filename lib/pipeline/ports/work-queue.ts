/**
 * The outbox as work: entries that a commit left, claimed, done or tried again.
 *
 * At least once, in any order. The instant of the first claim is kept and given to every retry,
 * so that a job that dies and runs again gives the same result.
 */
import type { Body } from './register-store.ts';

export interface Work {
  readonly id: string;
  readonly type: string;
  readonly body: Body;
  /** The instant of the first claim (ISO 8601): what the work is done "as of". */
  readonly at: string;
  /** 1 on the first try. */
  readonly attempt: number;
  /** How many claims before this one lapsed without a word of who held them: out of time, out of memory, killed. */
  readonly lapsed: number;
}

/** What became of taking one entry by its id. */
export type Taken =
  | { readonly outcome: 'taken'; readonly work: Work }
  /** Another holds it, or it was put off: nobody may have it before that instant. */
  | { readonly outcome: 'not-due'; readonly until: Date }
  /** Done, or set aside. */
  | { readonly outcome: 'ended' }
  /** No commit ever put it. */
  | { readonly outcome: 'unknown' };

/** An entry that waits. */
export interface Waiting {
  readonly id: string;
  readonly type: string;
  /** The instant since which it may be taken; null where it was never claimed. */
  readonly due: Date | null;
  /** When an entry that was never claimed was put, where the store keeps that. */
  readonly put?: Date;
}

export interface WorkQueue {
  /**
   * Takes the next entry that is due and that nobody holds; null where there is none. The order is
   * by due time (a new entry is due at once), then by insertion.
   *
   * A claim lapses after the adapter's lease, or with the process that held it; then the entry is
   * claimed again, as the next attempt.
   *
   * @param types - only entries of these types; all where left out
   */
  claim(now: Date, types?: readonly string[]): Promise<Work | null>;
  /** Takes the entry of that id, as `claim` takes the next one: where a message names the work. */
  take(id: string, now: Date): Promise<Taken>;
  /**
   * Entries that are due and that nobody holds, the longest due first. May lag behind what was
   * written a moment ago: it is for sweeping up, not for deciding.
   */
  due(now: Date, limit: number): Promise<readonly Waiting[]>;
  /**
   * Puts back what was set aside: due at once, as new, to be done as of its next claim.
   *
   * @returns its type; null where no such entry is set aside
   */
  revive(id: string): Promise<string | null>;
  /** Ends it for good, and be the claim lapsed: what was done is done. Its id is never put again. */
  done(work: Work): Promise<void>;
  /** Puts it back to be tried again at that instant; nothing where the claim lapsed and another holds it. */
  retry(work: Work, cause: string, notBefore: Date): Promise<void>;
  /**
   * Sets it aside for good, with its cause: it is kept and counted, never dropped; nothing where
   * the claim lapsed and another holds it.
   */
  bury(work: Work, cause: string): Promise<void>;
  /** What waits (claimed, due or to be tried later), what is set aside. */
  state(): Promise<{
    readonly waiting: number;
    readonly buried: readonly { readonly id: string; readonly type: string; readonly cause: string }[];
  }>;
}
