/** What every function writes with: logs, metrics, traces, under one service name. */
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';

import { METRIC_NAMESPACE, METRICS } from '../../lib/stacks/metrics/names.ts';

/** The one dimension of every metric: the alarms watch exactly these. */
const SERVICE = 'cavendish';

export type Count = (metric: keyof typeof METRICS, count?: number) => void;

export interface Tools {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  /** Counts something that happened. */
  readonly count: Count;
}

export function openTools(): Tools {
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: SERVICE });
  return {
    logger: new Logger({ serviceName: SERVICE }),
    metrics,
    tracer: new Tracer({ serviceName: SERVICE }),
    count: (metric, count = 1) => {
      metrics.addMetric(METRICS[metric], MetricUnit.Count, count);
    },
  };
}

/** A handler as Lambda calls it: logged, counted and traced, also where it fails. */
export function observed<E, R>(
  run: (event: E, context: Context) => Promise<R>,
  { logger, metrics, tracer }: Tools,
): (event: E, context: Context) => Promise<R> {
  // Powertools' own middleware warns of every invocation that has nothing to count.
  const publish = (): void => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  return middy<E, R>()
    .use(captureLambdaHandler(tracer, { captureResponse: false }))
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use({ after: publish, onError: publish })
    .handler(run);
}
