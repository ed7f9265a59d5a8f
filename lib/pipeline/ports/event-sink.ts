/** Where Cavendish's own events go, for other programs to act on. */
import type { OutEvent } from '../../core/events/out-event.ts';

/** An event that was not accepted, by its id, and why. */
export interface Unaccepted {
  readonly id: string;
  readonly cause: string;
}

export interface EventSink {
  /**
   * At least once.
   *
   * @returns those that were not accepted; the others were
   * @throws CavendishError `unavailable` where it is not known which were accepted: tell all of them again
   */
  publish(events: readonly OutEvent[]): Promise<readonly Unaccepted[]>;
}
