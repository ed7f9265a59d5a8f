/** What is whose: the image's own findings apart from those that it has from a base. */
import { isInherited } from '../lineage/brought-by.ts';
import type { Finding } from '../matching/finding.ts';
import type { Share, Split } from '../register/assessment.ts';
import { countsOf } from './counts.ts';
import type { Rated } from './figures.ts';
import { scoresOf } from './score.ts';

/**
 * @param scored - false where inventory or advisories are missing: there are no scores then
 * @param covered - as of {@link scoresOf}
 */
export function splitOf(findings: readonly Finding[], scored: boolean, covered?: ReadonlyMap<Rated, number>): Split {
  const shareOf = (share: readonly Finding[]): Share => ({
    score: scoresOf(scored ? share : null, covered),
    counts: countsOf(share),
  });
  return {
    own: shareOf(findings.filter((finding) => !isInherited(finding))),
    inherited: shareOf(findings.filter(isInherited)),
  };
}
