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
   * Takes the next entry that is due and that nobody holds; null where there is none.
   *
   * A claim lapses after `leaseSeconds`, or with the process that held it.
   */
  claim(now: Date): Promise<Work | null>;
  done(work: Work): Promise<void>;
  /** Puts it back to be tried again at that instant. */
  retry(work: Work, cause: string, notBefore: Date): Promise<void>;
  /** Sets it aside for good, with its cause: it is kept and counted, never dropped. */
  bury(work: Work, cause: string): Promise<void>;
  /** What waits, what is set aside. */
  state(): Promise<{
    readonly waiting: number;
    readonly buried: readonly { readonly id: string; readonly type: string; readonly cause: string }[];
  }>;
}
