/** Exit codes: those of `judge` are its answer; 64 and 70 are sysexits(3)'s usage and software. */
import type { Decision } from '../core/register/assessment.ts';

export const EXIT = { go: 0, 'no-go': 1, unknown: 2, use: 64, failure: 70 } as const;

/** Worst first: of several platforms, a no-go counts before an unknown, an unknown before a go. */
const WORST = ['no-go', 'unknown', 'go'] as const;

/** The exit code of several answers; one that does not block counts as go. */
export function exitCodeOf(answers: readonly { readonly verdict: Decision; readonly blocking: boolean }[]): number {
  const counted = answers.map(({ verdict, blocking }) => (blocking ? verdict : 'go'));
  const worst = WORST.find((verdict) => counted.includes(verdict)) ?? 'unknown';
  return EXIT[worst];
}
