import type { Clock } from '../ports/clock.ts';

/** Asks at most once in so many milliseconds, for what every message needs and seldom changes. A failure is not kept. */
export function keptFor<T>(milliseconds: number, now: Clock, ask: () => Promise<T>): () => Promise<T> {
  let kept: { readonly at: number; readonly answer: Promise<T> } | null = null;
  return async () => {
    const at = now().getTime();
    // Also where the clock was set back.
    const current = kept !== null && Math.abs(at - kept.at) < milliseconds ? kept : { at, answer: ask() };
    kept = current;
    try {
      return await current.answer;
    } catch (error) {
      if (kept === current) kept = null;
      throw error;
    }
  };
}
