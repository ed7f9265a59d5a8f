/** How often work is tried, and how long is waited in between. */
export interface Patience {
  /** Tries of what does not pass by itself. */
  readonly mostTries: number;
  /** Tries while a service is away, where the handler has an answer for giving up. */
  readonly mostTriesAway: number;
  /** The same where it has none, and the work would be set aside. */
  readonly mostTriesAwayUnanswered: number;
  /** Claims that may lapse without a word before the work is given up. */
  readonly mostLapses: number;
  /** The wait doubles from a second up to this. */
  readonly longestWaitSeconds: number;
}

/** An image that can't be had is unknown after some ten minutes; nobody is there to put work back, so it is never set aside. */
export const LAPTOP_PATIENCE: Patience = {
  mostTries: 4,
  mostTriesAway: 16,
  mostTriesAwayUnanswered: Number.POSITIVE_INFINITY,
  mostLapses: 3,
  longestWaitSeconds: 60,
};

/**
 * An image that can't be had is unknown after some hour and a half, a notice that can't be delivered
 * is set aside after some six hours: that raises an alarm, and a command sends it again. The longest
 * wait is the longest that a queue delays a message.
 */
export const AWS_PATIENCE: Patience = {
  mostTries: 4,
  mostTriesAway: 16,
  mostTriesAwayUnanswered: 32,
  mostLapses: 3,
  longestWaitSeconds: 900,
};

/** When to try again after that many attempts. */
export function waitAfter(attempt: number, now: Date, { longestWaitSeconds }: Patience): Date {
  const seconds = Math.min(2 ** (attempt - 1), longestWaitSeconds);
  return new Date(now.getTime() + seconds * 1000);
}
