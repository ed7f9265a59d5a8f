/**
 * The score: 0–100, how likely it is that one of the image's vulnerabilities is exploited within a
 * month, weighed by what it would do.
 *
 *     score = 100 · (1 − Π (1 − likelihood · impact))    over distinct vulnerabilities
 *
 * Bounded, and monotone: one more vulnerability never lowers it. docs/score.md has worked examples
 * and the reason for each choice.
 */
import type { Finding } from '../matching/finding.ts';
import type { Scores } from '../register/assessment.ts';
import { CVSS_PRIOR, EPSS_PRIOR, KEV_LIKELIHOOD, RANSOMWARE_LIKELIHOOD } from './priors.ts';

type Rated = Pick<Finding, 'vulnerability' | 'cvss' | 'severity' | 'epss' | 'kev' | 'ssvc'>;

/** What one vulnerability adds, 0–1: the product of likelihood and impact. */
export function riskOf(finding: Rated): number {
  return likelihoodOf(finding) * impactOf(finding);
}

/** 0–1: evidence of exploitation, else the forecast, else the prior. */
export function likelihoodOf({ epss, kev, ssvc }: Rated): number {
  const forecast = epss?.score ?? EPSS_PRIOR.score;
  if (kev !== null) return Math.max(forecast, kev.ransomware ? RANSOMWARE_LIKELIHOOD : KEV_LIKELIHOOD);
  return ssvc?.exploitation === 'active' ? Math.max(forecast, KEV_LIKELIHOOD) : forecast;
}

/** The middle of FIRST's bands, for a vulnerability that has a label and no figure. */
const BAND_MIDDLE = { critical: 9.5, high: 7.9, medium: 5.4, low: 2, none: 0, unrated: CVSS_PRIOR } as const;

/** 0–1: a tenth of the base score that counts, or of what stands in for it. */
export function impactOf({ cvss, severity }: Rated): number {
  return (cvss?.score ?? BAND_MIDDLE[severity]) / 10;
}

/**
 * The three scores; they are equal while there are no exceptions.
 *
 * @param findings - null where inventory or advisories are missing: there is no score then
 */
export function scoresOf(findings: readonly Rated[] | null): Scores {
  if (findings === null) return { inherent: null, residual: null, open: null };
  const score = scoreOf(findings);
  return { inherent: score, residual: score, open: score };
}

export function scoreOf(findings: readonly Rated[]): number {
  const worst = new Map<string, number>();
  for (const finding of findings) {
    // The same vulnerability in two packages is one; the worse figure of the two counts.
    worst.set(finding.vulnerability, Math.max(worst.get(finding.vulnerability) ?? 0, riskOf(finding)));
  }
  // In a fixed order, so that rounding in the last bit is the same on every machine.
  const risks = [...worst.values()].sort((a, b) => a - b);
  const spared = risks.reduce((product, risk) => product * (1 - risk), 1);
  return Math.round(1000 * (1 - spared)) / 10;
}
