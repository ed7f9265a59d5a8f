/**
 * Topics at a pace: above ten e-mails a second SNS drops a subscription to pending, and deletes it later.
 *
 * One function at a time keeps five a second a topic, so that the two that run at once at most stay within
 * the limit. The pace is kept from one batch to the next, for as long as the function lives.
 */
import type { Clock } from '../ports/clock.ts';
import type { Topics } from '../ports/topics.ts';

/** Milliseconds between two messages to one topic. */
const APART = 200;

/** @param pause - waits that many milliseconds */
export function pacedTopics(
  topics: Topics,
  { clock, pause }: { readonly clock: Clock; readonly pause: (milliseconds: number) => Promise<void> },
): Topics {
  const free = new Map<string, number>();
  return {
    async publish(message) {
      const now = clock().getTime();
      const turn = Math.max(now, free.get(message.topicArn) ?? now);
      free.set(message.topicArn, turn + APART);
      if (turn > now) await pause(turn - now);
      return await topics.publish(message);
    },
  };
}
