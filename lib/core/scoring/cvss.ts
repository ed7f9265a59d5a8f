/** CVSS base scores, computed from their vectors by the specification (FIRST; library ae-cvss-calculator). */
import { Cvss3P0, Cvss3P1, Cvss4P0 } from 'ae-cvss-calculator';

import type { Cvss, Severity } from '../matching/finding.ts';

interface Reader {
  isBaseFullyDefined(): boolean;
  baseScore(): number | undefined;
}

const VERSIONS: readonly {
  readonly prefix: string;
  readonly version: string;
  readonly read: (vector: string) => Reader;
}[] = [
  {
    prefix: 'CVSS:4.0/',
    version: '4.0',
    read: (vector) => reader(new Cvss4P0(vector), (read) => read.calculateScores().baseMetricsOnly),
  },
  {
    prefix: 'CVSS:3.1/',
    version: '3.1',
    read: (vector) => reader(new Cvss3P1(vector), (read) => read.calculateScores().base),
  },
  {
    prefix: 'CVSS:3.0/',
    version: '3.0',
    read: (vector) => reader(new Cvss3P0(vector), (read) => read.calculateScores().base),
  },
];

/** Longer than any vector with every metric set. */
const MOST_CHARACTERS = 400;

/** The base score of a vector; null where it is no CVSS 3.0, 3.1 or 4.0 vector with every base metric. */
export function ratingOf(vector: string, source: string): Cvss | null {
  const form = VERSIONS.find(({ prefix }) => vector.startsWith(prefix));
  if (form === undefined || vector.length > MOST_CHARACTERS) return null;
  try {
    const read = form.read(vector);
    if (!read.isBaseFullyDefined()) return null;
    const score = read.baseScore();
    return score === undefined || !(score >= 0 && score <= 10)
      ? null
      : { score, vector, version: form.version, source };
  } catch {
    // The library throws for metrics and values that the specification does not have.
    return null;
  }
}

function reader<T extends { isBaseFullyDefined(): boolean }>(
  vector: T,
  score: (vector: T) => number | undefined,
): Reader {
  return { isBaseFullyDefined: () => vector.isBaseFullyDefined(), baseScore: () => score(vector) };
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
