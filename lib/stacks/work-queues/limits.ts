/** How long each function may take, and what follows from it for its queue, in seconds. */
import type { FunctionName } from '../functions/names.ts';

/** Lambda ends a function after 15 minutes at the latest; a scan may need them. */
export const TIMEOUT_SECONDS: Readonly<Record<FunctionName, number>> = {
  intake: 60,
  dispatch: 60,
  scan: 900,
  judge: 300,
  announce: 300,
  again: 900,
  remind: 300,
  refresh: 900,
  sweep: 900,
  /** API Gateway waits for 30 seconds at most. */
  api: 29,
};

export const EVENTS_DELAY_SECONDS = 5;
