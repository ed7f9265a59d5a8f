/**
 * Which verdicts rest on a gap that newer feeds may close: another date, another claim of what a feed
 * is complete for, and they are judged again, whatever their packages are.
 */
import { unsettledKey } from '../../core/register/index-keys.ts';
import type { GapKind } from '../../core/sbom/gap.ts';
import type { Put, RegisterStore } from '../ports/register-store.ts';
import { type PlacedAssessment, replace } from './current-items.ts';

const GAPS_OF_FEEDS: ReadonlySet<GapKind> = new Set([
  'feed-stale',
  'feed-missing',
  'feed-future',
  'unanswered-package',
  'unanswered-ecosystem',
]);

/** A tolerated gap counts too: the verdict says that it is there. */
export function isUnsettled({ gaps }: Pick<PlacedAssessment, 'gaps'>): boolean {
  return gaps.some(({ kind }) => GAPS_OF_FEEDS.has(kind));
}

/** What has to be put in the commit that moves the verdict; nothing where it is known already. */
export async function unsettledPuts(assessment: PlacedAssessment, register: RegisterStore): Promise<readonly Put[]> {
  const key = unsettledKey(assessment.placement, assessment.stage);
  const settled = !isUnsettled(assessment);
  const stored = await register.get(key);
  if ((stored?.body['settled'] ?? true) === settled) return [];
  return [replace(stored, { ...key, body: { placement: assessment.placement, settled } })];
}
