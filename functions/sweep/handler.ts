/**
 * Sweeps up what events, streams and queues did not bring, by the clock.
 *
 * What was found is counted also where a part of it failed; that it ran is counted only where none did.
 */
import type { Context } from 'aws-lambda';

import { CavendishError } from '../../lib/core/errors/error.ts';
import type { Swept } from '../../lib/pipeline/sweep/sweep.ts';
import { METRICS } from '../../lib/stacks/metrics/names.ts';
import { beforeDeadline } from '../shared/deadline.ts';
import { observed, type Tools } from '../shared/tools.ts';

interface Dependencies extends Tools {
  /** What it finds is named as in METRICS. */
  readonly sweep: (signal: AbortSignal) => Promise<Swept>;
}

type Metric = keyof typeof METRICS;

export function createHandler({
  sweep,
  ...tools
}: Dependencies): (event: unknown, context: Context) => Promise<Swept['found']> {
  const { logger, count } = tools;
  return observed(async (_event: unknown, context: Context) => {
    const { found, failures } = await beforeDeadline(context, sweep);
    for (const name of (Object.keys(METRICS) as Metric[]).filter((metric) => metric in found)) {
      count(name, found[name]);
    }
    logger.info('swept', { ...found });
    for (const { part, cause } of failures)
      logger.error('a part of the sweep failed', { part, cause: reasonOf(cause) });
    if (failures.length > 0) {
      const parts = failures.map(({ part, cause }) => `${part}: ${reasonOf(cause)}`).join('; ');
      throw new CavendishError('unavailable', `the sweep is not whole: ${parts}`);
    }
    count('sweeps');
    return found;
  }, tools);
}

function reasonOf(cause: unknown): string {
  return Error.isError(cause) ? cause.message : String(cause);
}
