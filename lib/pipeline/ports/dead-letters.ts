/** Where messages end that nobody can read, each with its cause: kept, counted, told, never dropped. */
export interface DeadLetter {
  /** The queue that it came from: `events`, `scan`, `judge`, `announce`, `dispatch`. */
  readonly source: string;
  /** The message as it came. */
  readonly body: string;
  readonly cause: string;
}

export interface DeadLetters {
  /** @throws CavendishError `unavailable` */
  put(letter: DeadLetter): Promise<void>;
}
