/** How bad an image is for who asks for what is so bad: its worst vulnerability that is rated. */
import type { Severity } from '../matching/finding.ts';
import type { Assessment } from '../register/assessment.ts';

/** The worst first. */
export const RATED = ['critical', 'high', 'medium', 'low', 'none'] as const satisfies readonly Severity[];
export type Rated = (typeof RATED)[number];

/** Not known where nothing is rated that was found, or the image could not be judged. */
export function worstOf({ counts, verdict }: Pick<Assessment, 'counts' | 'verdict'>): Rated | null {
  const worst = RATED.find((severity) => counts[severity] > 0);
  return worst ?? (verdict === 'unknown' || counts.unrated > 0 ? null : 'none');
}
