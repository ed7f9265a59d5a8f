/**
 * The outcome of an assessment: the part of it that people hear about when it changes.
 *
 * The verdict, what breaks which criterion, and the gaps. Scores, dates of feeds and package
 * versions are no part of it: they move every day and ask nothing of anybody.
 */
import { contentId } from '../canonical/canonical.ts';
import type { Digest } from '../image/digest.ts';
import type { Assessment, Decision } from './assessment.ts';

export interface Outcome {
  readonly verdict: Decision;
  /** `criterion vulnerability source-package`, in order; an image criterion stands alone. */
  readonly breaches: readonly string[];
  /** `kind:subject`, in order. */
  readonly gaps: readonly string[];
}

export function outcomeOf({ verdict, reasons, gaps }: Pick<Assessment, 'verdict' | 'reasons' | 'gaps'>): Outcome {
  const breaches = reasons.flatMap(({ criterion, findings }) =>
    findings.length === 0
      ? [criterion]
      : findings.map(({ vulnerability, source }) => `${criterion} ${vulnerability} ${source}`),
  );
  return {
    verdict,
    breaches: [...new Set(breaches)].sort(),
    gaps: [...new Set(gaps.map(({ kind, subject }) => `${kind}:${subject}`))].sort(),
  };
}

/** Two outcomes with the same identity are the same news. */
export function outcomeId(outcome: Outcome): Digest {
  return contentId(outcome);
}
