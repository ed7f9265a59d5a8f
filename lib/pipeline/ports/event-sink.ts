/** Where Cavendish's own events go, for other programs to act on. */
import type { OutEvent } from '../../core/events/out-event.ts';

export interface EventSink {
  /** At least once. @throws CavendishError `unavailable` where one was not accepted */
  publish(events: readonly OutEvent[]): Promise<void>;
}
