/**
 * Decides whether an image may go forward.
 *
 * - **Unknown is never go.** A gap in what we know is an outcome of its own.
 * - **A known breach stands.** A gap elsewhere does not soften a no-go.
 * - **Nothing disappears.** A gap that the stage tolerates by name is listed, and not in the way.
 */
import type { JudgedGap, Reason } from '../register/assessment.ts';
import { type Gap, GAP_KINDS, gapNames } from '../sbom/gap.ts';
import type { StagePolicy } from './appetite.ts';

interface Weighed {
  /** All of them, the tolerated too. */
  readonly gaps: readonly JudgedGap[];
  /** Whether it stops anything: a go never does, and nothing does where the stage only observes. */
  readonly blocking: boolean;
}

/** A no-go names what it rests on; an unknown has a gap that nobody tolerates; a go has neither. */
export type Decided =
  | (Weighed & { readonly verdict: 'go'; readonly reasons: readonly [] })
  | (Weighed & { readonly verdict: 'no-go'; readonly reasons: readonly [Reason, ...Reason[]] })
  | (Weighed & { readonly verdict: 'unknown'; readonly reasons: readonly [] });

export function decide(
  reasons: readonly Reason[],
  found: readonly Gap[],
  { mode, tolerate }: Pick<StagePolicy, 'mode' | 'tolerate'>,
): Decided {
  const gaps = found.map((gap) => ({ ...gap, tolerated: isTolerated(gap, tolerate) }));
  const blocking = mode === 'enforce';
  const [reason, ...more] = reasons;
  if (reason !== undefined) return { verdict: 'no-go', blocking, reasons: [reason, ...more], gaps };
  if (gaps.some(({ tolerated }) => !tolerated)) return { verdict: 'unknown', blocking, reasons: [], gaps };
  return { verdict: 'go', blocking: false, reasons: [], gaps };
}

/** By name, and never where nobody may: a file that asks for that is refused, and this holds without it. */
function isTolerated(gap: Gap, tolerate: readonly string[]): boolean {
  return GAP_KINDS[gap.kind].tolerable && gapNames(gap).some((name) => tolerate.includes(name));
}
