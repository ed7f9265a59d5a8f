/** Sweeps up what events, streams and queues did not bring, by the clock. */
import type { Context } from 'aws-lambda';

import type { METRICS } from '../../lib/stacks/metrics/names.ts';
import { beforeDeadline } from '../shared/deadline.ts';
import { observed, type Tools } from '../shared/tools.ts';

/** What was found, by the metric that counts it. */
export type Swept = Readonly<Partial<Record<keyof typeof METRICS, number>>>;

interface Dependencies extends Tools {
  readonly sweep: (signal: AbortSignal) => Promise<Swept>;
}

export function createHandler({ sweep, ...tools }: Dependencies): (event: unknown, context: Context) => Promise<Swept> {
  const { logger, count } = tools;
  return observed(async (_event: unknown, context: Context) => {
    const swept = await beforeDeadline(context, sweep);
    for (const [metric, number] of Object.entries(swept)) count(metric as keyof typeof METRICS, number);
    count('sweeps');
    logger.info('swept', { ...swept });
    return swept;
  }, tools);
}
