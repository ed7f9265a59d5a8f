import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';

import { METRIC_NAMESPACE, METRICS } from './names.ts';

/** The one dimension of what functions count (functions/shared/tools.ts). */
const SERVICE = { service: 'cavendish' } as const;

/** What functions count, as a metric; its sum where nothing else is said. */
export function counted(name: keyof typeof METRICS, options: MetricOptions = {}): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: METRICS[name],
    dimensionsMap: SERVICE,
    statistic: 'sum',
    ...options,
  });
}
