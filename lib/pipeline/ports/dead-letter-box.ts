/**
 * The dead letters, for who operates a home: taken out to be looked at, and put back unless they were
 * sent where they came from.
 */
export interface HeldLetter {
  readonly id: string;
  /** Where it came from: `events`, `scan`, `judge`, `announce`, `dispatch`; null where nobody said. */
  readonly source: string | null;
  /** Null where a queue gave up by itself: then its function died, out of time or memory. */
  readonly cause: string | null;
  readonly body: string;
  /** When it became a dead letter (ISO 8601, UTC). */
  readonly at: string;
}

export interface TakenLetters {
  readonly letters: readonly HeldLetter[];
  /** False where there were more than are taken at once. */
  readonly complete: boolean;
  /** Ends a letter for good. */
  remove(letter: HeldLetter): Promise<void>;
  /** Puts back all that were not removed. */
  release(): Promise<void>;
}

export interface DeadLetterBox {
  /** Takes the letters that are there, for some minutes. @throws CavendishError `unavailable` */
  take(): Promise<TakenLetters>;
}

export interface EventsQueue {
  /** Puts an event back where they come in. @throws CavendishError `unavailable` */
  send(body: string): Promise<void>;
}
