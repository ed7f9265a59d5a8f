/** CVSS base scores, computed from their vectors by FIRST's specifications (library ae-cvss-calculator). */
import calculator from 'ae-cvss-calculator';

import type { Cvss, Severity } from '../matching/finding.ts';

/** Taken here and not where they are used: a library that is not what it was taken for must not pass as vectors that can't be read. */
const { Cvss4P0, Cvss3P1, Cvss3P0 } = calculator;

interface Vector {
  isBaseFullyDefined(): boolean;
}

/**
 * Of threat and environment only the organisation itself can know: a published score that folds them
 * in (a few vendors' do) is not a base score.
 */
const VERSIONS: Readonly<Record<string, (vector: string) => readonly [Vector, () => number | undefined]>> = {
  '4.0': (text) => {
    const vector = new Cvss4P0(text);
    return [vector, () => vector.calculateScores().baseMetricsOnly];
  },
  '3.1': (text) => {
    const vector = new Cvss3P1(text);
    return [vector, () => vector.calculateScores().base];
  },
  '3.0': (text) => {
    const vector = new Cvss3P0(text);
    return [vector, () => vector.calculateScores().base];
  },
};

/** Longer than any vector with every metric set. */
const MOST_CHARACTERS = 400;

/** The base score of a vector; null where it is no CVSS 3.0, 3.1 or 4.0 vector with every base metric, each once. */
export function ratingOf(vector: string, source: string): Cvss | null {
  const [, version = ''] = /^CVSS:(\d\.\d)\//u.exec(vector) ?? [];
  const read = VERSIONS[version];
  if (read === undefined || vector.length > MOST_CHARACTERS || repeatsMetric(vector)) return null;
  try {
    const [metrics, baseScore] = read(vector);
    const score = metrics.isBaseFullyDefined() ? baseScore() : undefined;
    return score === undefined || !(score >= 0 && score <= 10) ? null : { score, vector, version, source };
  } catch {
    // The library throws for metrics and values that the specification does not have.
    return null;
  }
}

/** FIRST's qualitative severity rating scale (CVSS 3.1 section 5, CVSS 4.0 section 6). */
export function severityOfScore(score: number): Exclude<Severity, 'unrated'> {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'none';
}

/** The value of a metric in a vector: `metricOf('CVSS:3.1/AV:N/…', 'AV')` is `N`. */
export function metricOf(vector: string, metric: string): string | null {
  const part = vector.split('/').find((entry) => entry.startsWith(`${metric}:`));
  return part === undefined ? null : part.slice(metric.length + 1);
}

/** The specifications forbid it, and readers differ in which of the two counts. */
function repeatsMetric(vector: string): boolean {
  const names = vector.split('/').map((part) => part.split(':', 1).join());
  return new Set(names).size < names.length;
}
