/**
 * Messages that bring work to its worker. A message only names an entry of the outbox: who gets it
 * takes the entry (work-queue.ts), so that one message more or less changes nothing.
 */
export interface WorkMessage {
  readonly id: string;
  readonly type: string;
  /** Whole seconds, 0 to 900, before anybody sees it. @default 0 */
  readonly delaySeconds?: number;
}

/** A message that its queue did not accept, and why. */
export interface Unsent {
  readonly id: string;
  readonly cause: string;
}

export interface WorkMessages {
  /**
   * Sends each to the queue of its type.
   *
   * @returns those that were not accepted
   * @throws CavendishError `unsupported` where no queue carries a type: then none was sent
   */
  send(messages: readonly WorkMessage[]): Promise<readonly Unsent[]>;
}
