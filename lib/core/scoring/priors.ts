/**
 * What stands in for a figure that nobody has given, and how sure known exploitation is.
 *
 * A missing figure is not a low one. Each prior is the *mean* of what such figures turned out to be
 * where somebody gave them: the score is linear in every single likelihood and impact, so a mean
 * gives exactly the score that is to be expected over all that the missing figure may be. (A
 * median would give less: EPSS has a long tail, and the tail is what hurts.)
 *
 * Derived from public data, by the rules of this folder; docs/score.md says how, and when to do so
 * again: with each new model of EPSS.
 */
import type { Severity, Ssvc } from '../matching/finding.ts';

interface EpssPrior {
  readonly score: number;
  /** The place of that score among all. */
  readonly percentile: number;
}

/**
 * EPSS of 2026-08-16 (model v5), means: of the 358,480 CVEs that are not in CISA's catalogue of
 * 2026-08-07; and of those among them whose record CISA has assessed (Vulnrichment, 2024-10-24) as
 * `none` (36,070) and as `poc` (7,618).
 */
export const EPSS_PRIORS: Readonly<Record<'unknown' | 'none' | 'poc', EpssPrior>> = {
  unknown: { score: 0.026, percentile: 0.84 },
  none: { score: 0.015, percentile: 0.72 },
  poc: { score: 0.027, percentile: 0.85 },
};

/** The prior that stands in where EPSS is missing; `active` has a floor of its own below. */
export function epssPrior(ssvc: Pick<Ssvc, 'exploitation'> | null): EpssPrior {
  const exploitation = ssvc?.exploitation ?? 'unknown';
  return EPSS_PRIORS[exploitation === 'active' ? 'poc' : exploitation];
}

/**
 * CVSS base scores of the 32,762 rated records of Vulnrichment (2024-10-24), of each the one that
 * counts, means: of all of them (6.75), and by severity, for a vulnerability that has a label only.
 */
export const CVSS_PRIORS: Readonly<Record<Severity, number>> = {
  critical: 9.6,
  high: 7.9,
  medium: 5.6,
  low: 3.2,
  none: 0,
  unrated: 6.7,
};

/**
 * The least likelihood of what is known to be exploited: listed in KEV, or `active` by CISA's SSVC.
 * Evidence outranks a forecast (FIRST's guidance on EPSS), and EPSS itself gives the listed only
 * 0.52 on average. Under 1, so that a second one still counts.
 */
export const EXPLOITED_LIKELIHOOD = 0.9;

/** The same where ransomware is known to use it: sure to be used against whoever is found. */
export const RANSOMWARE_LIKELIHOOD = 0.95;
