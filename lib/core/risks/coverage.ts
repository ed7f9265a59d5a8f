/**
 * Whether an assessment may say that something is gone. What a scan did not read, or no advisory answers
 * for, is not gone: it is not known.
 */
import type { Assessment } from '../register/assessment.ts';
import type { GapKind } from '../sbom/gap.ts';

/** Those behind which a finding may hide; stale and future feeds, and criteria that fail, hide none. */
const HIDING: ReadonlySet<GapKind> = new Set([
  'unknown-distribution',
  'no-package-database',
  'unread-ecosystem',
  'malformed-database',
  'unreadable-image',
  'limit-exceeded',
  'scan-failed',
  'unanswered-package',
  'unanswered-ecosystem',
  'unanswered-runtime',
  'unparsable-version',
  'feed-missing',
]);

/** True where a finding may hide behind gaps of the kind. */
export function hidesFindings(kind: GapKind): boolean {
  return HIDING.has(kind);
}

type Covering = Pick<Assessment, 'gaps' | 'inputs'>;

/** True where `after` reads and answers for all that `before` did, as far as the gaps of the two say. */
export function coversAsMuch(before: Covering, after: Covering): boolean {
  if (after.inputs.sbom === null) return false;
  const known = new Set(hidingOf(before));
  return hidingOf(after).every((gap) => known.has(gap));
}

function hidingOf({ gaps }: Pick<Assessment, 'gaps'>): readonly string[] {
  return gaps.filter(({ kind }) => HIDING.has(kind)).map(({ kind, subject }) => `${kind}:${subject}`);
}
