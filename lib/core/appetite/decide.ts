/**
 * Decides whether an image may go forward.
 *
 * - **Unknown is never go.** A gap in what we know is an outcome of its own.
 * - **A known breach stands.** A gap elsewhere does not soften a no-go.
 * - **Nothing disappears.** A gap that the stage tolerates by name is listed, and not in the way.
 */
import type { Decision, JudgedGap, Reason } from '../register/assessment.ts';
import { GAP_KINDS, gapNames, type Gap } from '../sbom/gap.ts';
import type { StagePolicy } from './appetite.ts';

export interface Decided {
  readonly verdict: Decision;
  /** Whether it stops anything: never a go, and nothing where the stage only observes. */
  readonly blocking: boolean;
  readonly reasons: readonly Reason[];
  readonly gaps: readonly JudgedGap[];
}

export function decide(
  reasons: readonly Reason[],
  gaps: readonly Gap[],
  { mode, tolerate }: Pick<StagePolicy, 'mode' | 'tolerate'>,
): Decided {
  const judged = gaps.map((gap) => ({ ...gap, tolerated: isTolerated(gap, tolerate) }));
  const verdict = verdictOf(reasons, judged);
  return { verdict, blocking: verdict !== 'go' && mode === 'enforce', reasons, gaps: judged };
}

function verdictOf(reasons: readonly Reason[], gaps: readonly JudgedGap[]): Decision {
  if (reasons.length > 0) return 'no-go';
  return gaps.every(({ tolerated }) => tolerated) ? 'go' : 'unknown';
}

function isTolerated(gap: Gap, tolerate: readonly string[]): boolean {
  return GAP_KINDS[gap.kind].tolerable && gapNames(gap).some((name) => tolerate.includes(name));
}
