/**
 * The figures of a finding, each with what stands in where it is missing: what the score and the
 * criteria of an appetite go by. `known: false` says that a prior stands there and no fact.
 */
import type { Finding } from '../matching/finding.ts';
import { CVSS_PRIORS, epssPrior, EXPLOITED_LIKELIHOOD, RANSOMWARE_LIKELIHOOD } from './priors.ts';
import { type SsvcFigure, ssvcFigure } from './ssvc.ts';

/** What the figures rest on. */
export type Rated = Pick<Finding, 'vulnerability' | 'severity' | 'cvss' | 'epss' | 'kev' | 'ssvc'>;

export interface Figures {
  readonly cvss: { readonly known: boolean; readonly score: number; readonly version: string };
  readonly epss: {
    readonly known: boolean;
    readonly score: number;
    readonly percentile: number;
    readonly modelVersion: string;
  };
  readonly kev: { readonly listed: boolean; readonly ransomware: boolean; readonly dateAdded: string };
  readonly ssvc: SsvcFigure;
}

/** Texts that are missing are empty: versions, dates. */
export function figuresOf({ severity, cvss, epss, kev, ssvc }: Rated): Figures {
  const prior = epssPrior(ssvc);
  return {
    cvss: { known: cvss !== null, score: cvss?.score ?? CVSS_PRIORS[severity], version: cvss?.version ?? '' },
    epss: {
      known: epss !== null,
      score: epss?.score ?? prior.score,
      percentile: epss?.percentile ?? prior.percentile,
      modelVersion: epss?.modelVersion ?? '',
    },
    kev: { listed: kev !== null, ransomware: kev?.ransomware ?? false, dateAdded: kev?.dateAdded ?? '' },
    ssvc: ssvcFigure({ cvss, kev, ssvc }),
  };
}

/** 0–1, that it is exploited within 30 days: EPSS or its prior, and never less than the evidence says. */
export function likelihoodOf(finding: Rated): number {
  const { epss, kev, ssvc } = figuresOf(finding);
  if (kev.ransomware) return Math.max(epss.score, RANSOMWARE_LIKELIHOOD);
  return ssvc.exploitation === 'active' ? Math.max(epss.score, EXPLOITED_LIKELIHOOD) : epss.score;
}

/** 0–1: a tenth of the CVSS base score that counts, or of its prior. */
export function impactOf(finding: Rated): number {
  return figuresOf(finding).cvss.score / 10;
}
