/** Timers: each brings one message at its instant, and is gone. */
import type { Dated } from '../../core/reminders/dated.ts';

/** What a timer brings: which ladder to look at. What is owed is asked of the register. */
export type TimerMessage = Pick<Dated, 'kind' | 'subject'>;

export interface Timer {
  /** Of its ladder and of its instant: lib/core/reminders/timer-plan.ts. */
  readonly name: string;
  /** ISO 8601, UTC, of whole seconds: it fires within a minute of it, and not before. */
  readonly at: string;
}

export interface FoundTimer {
  readonly name: string;
  /** Null where it is not as {@link Timers.put} makes it: it is switched off, or goes elsewhere. */
  readonly at: string | null;
}

export interface Timers {
  /**
   * Sets the timer of that name; where it is there already, it is made as it should be.
   *
   * @param timer - not one that is past: whether that would fire is nowhere said
   * @param zone - IANA name: as whose wall clock it is shown to people
   * @throws CavendishError `unavailable`
   */
  put(timer: Timer, zone: string, message: TimerMessage): Promise<void>;
  /** Nothing where there is none. @throws CavendishError `unavailable` */
  remove(name: string): Promise<void>;
  /** All there are. @throws CavendishError `unavailable` */
  list(): AsyncIterable<FoundTimer>;
}
