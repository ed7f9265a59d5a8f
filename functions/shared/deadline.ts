/** The end of a function's time, as a signal that comes before it: early enough to record what came of it. */
import type { Context } from 'aws-lambda';

import { CavendishError } from '../../lib/core/errors/error.ts';

/** What is left for writing down that it was not finished, in milliseconds. */
const MARGIN = 30_000;

/** Runs something that is told when its time is up. */
export async function beforeDeadline<T>(context: Context, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const left = Math.max(0, context.getRemainingTimeInMillis() - MARGIN);
  const ended = new AbortController();
  const timer = setTimeout(() => {
    const seconds = Math.round(left / 1000);
    ended.abort(
      new CavendishError('limit-exceeded', `it was not finished within the ${seconds} seconds that there are`),
    );
  }, left);
  try {
    return await run(ended.signal);
  } finally {
    clearTimeout(timer);
  }
}
