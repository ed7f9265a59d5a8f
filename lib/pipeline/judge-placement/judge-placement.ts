/**
 * Judges one image where it stands, and records and announces what came of it: the work that a push
 * leaves for each image, done in one go. Where scan and decision run apart, scan-placement and
 * decide-placement do the same in two.
 */
import type { JudgeDependencies } from '../judge-image/judge-image.ts';
import { failedScan } from '../judge-image/judge-scan.ts';
import type { Work } from '../ports/work-queue.ts';
import { ownStage } from '../sightings/stages.ts';
import { judgeStages } from './judge-stages.ts';
import { openPlaced, type PlacedImages } from './open-placed.ts';
import { placementJob, requestOf, stagesLeft } from './placement-job.ts';
import { GIVEN_UP, type JudgedPlacement } from './record-judged.ts';
import { scanPlaced } from './scan-placed.ts';

export { JUDGE_PLACEMENT } from '../work/work-types.ts';
export type { PlacementJob } from './placement-job.ts';
export type { JudgedPlacement } from './record-judged.ts';

export type PlacementDependencies = JudgeDependencies & PlacedImages;

/** @returns one for each stage; none where the image was judged already on the same basis, and would be told the same */
export async function judgePlacement(
  work: Work,
  dependencies: PlacementDependencies,
): Promise<readonly JudgedPlacement[]> {
  const job = placementJob.parse(work.body);
  const request = requestOf(job, work.at);
  const stages = await stagesLeft(job, request, dependencies);
  if (stages.length === 0) return [];
  const opened = await openPlaced(job.placement, dependencies);
  try {
    const scan = await scanPlaced(request, opened.image, dependencies);
    return await judgeStages(job, work.at, { scan, stages }, dependencies);
  } finally {
    await opened.close();
  }
}

/** Ends a judgement that keeps failing: unknown, recorded, and told. */
export async function giveUpPlacement(
  work: Work,
  cause: string,
  dependencies: JudgeDependencies,
): Promise<readonly JudgedPlacement[]> {
  const job = placementJob.parse(work.body);
  const failed = { scan: failedScan(`the scan failed: ${cause}`), stages: [ownStage(job.placement, dependencies)] };
  return await judgeStages(job, work.at, failed, dependencies, GIVEN_UP);
}
