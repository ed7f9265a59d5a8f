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
