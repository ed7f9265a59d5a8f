/** Records what a judgement came to where the image stands: the board, the history, the notice that is owed. */
import { pushedName } from '../../core/lineage/build-name.ts';
import { leaveOvertaken } from '../judge-again/overtaken.ts';
import { leavePassed } from '../judge-again/passed.ts';
import { basisOfAssessment } from '../judge-image/basis.ts';
import type { DecideDependencies, Judged } from '../judge-image/judge-scan.ts';
import { rememberName } from '../lineage/remember-name.ts';
import { recordAssessment, type Recorded } from '../record-assessment/record-assessment.ts';
import { rememberFirstSights } from '../record-assessment/remember-first-sights.ts';
import { rememberVulnerabilities } from '../record-assessment/remember-vulnerabilities.ts';
import { followMirror } from '../registry-events/standing.ts';
import type { PlacementJob } from './placement-job.ts';

export interface JudgedPlacement extends Judged, Recorded {
  readonly tag: string | null;
}

/** No basis: what was given up rests on nothing, so that the next push of the image is judged, and not taken for judged. */
export const GIVEN_UP = 'given up';

export async function recordJudged(
  job: PlacementJob,
  judged: Judged,
  { register, intelligence, appetite }: Pick<DecideDependencies, 'register' | 'intelligence' | 'appetite'>,
  basis?: typeof GIVEN_UP,
): Promise<JudgedPlacement> {
  const { assessment, id } = judged;
  await rememberFirstSights(assessment.inputs.firstSeen, register);
  await rememberVulnerabilities(assessment.findings, register);
  if (job.tag !== null) await rememberName(job.placement.digest, pushedName(job.placement, job.tag), register);
  const recording = {
    assessment: { ...assessment, placement: job.placement },
    id,
    tag: job.tag,
    basis: basis ?? basisOfAssessment(assessment),
  };
  const recorded = await recordAssessment(recording, register);
  await leaveOvertaken(judged, { register, intelligence });
  await leavePassed(judged, appetite.value, register);
  // Its registry may have lost it meanwhile.
  await followMirror(job.placement, register);
  return { ...judged, ...recorded, tag: job.tag };
}
