/** How many distinct vulnerabilities there are: one that is in two packages is one. */
import { type Finding, SEVERITIES, type Severity } from '../matching/finding.ts';

type Counted = Pick<Finding, 'vulnerability' | 'severity'>;

/** By severity; where advisories label a vulnerability differently from package to package, the worst. */
export function countsOf(findings: readonly Counted[]): Readonly<Record<Severity, number>> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, none: 0, unrated: 0 };
  for (const severity of worstSeverities(findings).values()) counts[severity] += 1;
  return counts;
}

export function distinctCount(findings: readonly Pick<Finding, 'vulnerability'>[]): number {
  return new Set(findings.map(({ vulnerability }) => vulnerability)).size;
}

/** Vulnerabilities of which an exception covers every finding. */
export function exceptedCount(findings: readonly Pick<Finding, 'vulnerability' | 'exceptions'>[]): number {
  return distinctCount(findings) - distinctCount(findings.filter(({ exceptions }) => exceptions.length === 0));
}

function worstSeverities(findings: readonly Counted[]): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { vulnerability, severity } of findings) {
    const other = worst.get(vulnerability) ?? severity;
    worst.set(vulnerability, SEVERITIES.indexOf(other) < SEVERITIES.indexOf(severity) ? other : severity);
  }
  return worst;
}
