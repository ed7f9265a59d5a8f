/** Findings in the order in which people should look at them. */
import { type Finding, SEVERITIES } from '../matching/finding.ts';

/**
 * Known exploited first; then by severity, an unrated one between medium and low (nobody said that it
 * is harmless); then by CVSS, EPSS, and name.
 */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      Number(b.kev !== null) - Number(a.kev !== null) ||
      rank(a) - rank(b) ||
      (b.cvss?.score ?? 0) - (a.cvss?.score ?? 0) ||
      (b.epss?.score ?? 0) - (a.epss?.score ?? 0) ||
      compare(a.vulnerability, b.vulnerability) ||
      compare(a.package.purl, b.package.purl),
  );
}

function rank({ severity }: Finding): number {
  return severity === 'unrated' ? SEVERITIES.indexOf('medium') + 0.5 : SEVERITIES.indexOf(severity);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
