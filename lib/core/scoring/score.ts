/**
 * The score: how likely it is that within 30 days one of the image's vulnerabilities is exploited,
 * weighed by what that would do. 0–100, one decimal.
 *
 *     score = 100 · (1 − Π (1 − likelihood · impact))    over distinct vulnerabilities
 *
 * Bounded, and monotone: one more vulnerability, or a worse figure, never lowers it. Only sums,
 * differences and products in a fixed order, so that it is the same to the bit on every machine.
 * docs/score.md has worked examples and the reason for each choice.
 */
import type { Scores } from '../register/assessment.ts';
import { orderOf } from '../versions/version.ts';
import { impactOf, likelihoodOf, type Rated } from './figures.ts';

/**
 * The three scores.
 *
 * @param findings - null where inventory or advisories are missing: there is no score then
 * @param covered - of each finding that an exception in force covers, the share of its risk (0–1)
 *   that stays under the controls of the exception
 */
export function scoresOf(findings: readonly Rated[] | null, covered: ReadonlyMap<Rated, number> = new Map()): Scores {
  if (findings === null) return { inherent: null, residual: null, open: null };
  return {
    inherent: scoreOf(findings, riskOf),
    residual: scoreOf(findings, (finding) => riskOf(finding) * (covered.get(finding) ?? 1)),
    open: scoreOf(
      findings.filter((finding) => !covered.has(finding)),
      riskOf,
    ),
  };
}

/** What one vulnerability adds, 0–1. */
export function riskOf(finding: Rated): number {
  return likelihoodOf(finding) * impactOf(finding);
}

function scoreOf(findings: readonly Rated[], risk: (finding: Rated) => number): number {
  const worst = new Map<string, number>();
  for (const finding of findings) {
    // A vulnerability in two packages is one; where advisories rate it differently the worse counts.
    worst.set(finding.vulnerability, Math.max(worst.get(finding.vulnerability) ?? 0, risk(finding)));
  }
  const inOrder = [...worst].sort(([a], [b]) => orderOf(a, b));
  const spared = inOrder.reduce((product, [, one]) => product * (1 - one), 1);
  return Math.round((1 - spared) * 1000) / 10;
}
