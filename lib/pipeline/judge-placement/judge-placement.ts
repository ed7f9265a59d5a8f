/**
 * Judges one image where it stands, and records and announces what came of it: the work that a push
 * leaves for each image, done in one go. Where scan and decision run apart, scan-placement and
 * decide-placement do the same in two.
 */
import type { JudgeDependencies } from '../judge-image/judge-image.ts';
import { failedScan, judgeScan } from '../judge-image/judge-scan.ts';
import type { Work } from '../ports/work-queue.ts';
import { openPlaced, type PlacedImages } from './open-placed.ts';
import { isJudged, placementJob, requestOf } from './placement-job.ts';
import { GIVEN_UP, type JudgedPlacement, recordJudged } from './record-judged.ts';
import { scanPlaced } from './scan-placed.ts';

export { JUDGE_PLACEMENT } from '../work/work-types.ts';
export type { PlacementJob } from './placement-job.ts';
export type { JudgedPlacement } from './record-judged.ts';

export type PlacementDependencies = JudgeDependencies & PlacedImages;

/** @returns null where the image was judged already on the same basis, and would be told the same */
export async function judgePlacement(work: Work, dependencies: PlacementDependencies): Promise<JudgedPlacement | null> {
  const job = placementJob.parse(work.body);
  const request = requestOf(job, work.at);
  if (await isJudged(job, request.at, dependencies)) return null;
  const opened = await openPlaced(job.placement, dependencies);
  try {
    const scan = await scanPlaced(request, opened.image, dependencies);
    return await recordJudged(job, await judgeScan(request, scan, dependencies), dependencies);
  } finally {
    await opened.close();
  }
}

/** Ends a judgement that keeps failing: unknown, recorded, and told. */
export async function giveUpPlacement(
  work: Work,
  cause: string,
  dependencies: JudgeDependencies,
): Promise<JudgedPlacement> {
  const job = placementJob.parse(work.body);
  const judged = await judgeScan(requestOf(job, work.at), failedScan(`the scan failed: ${cause}`), dependencies);
  return await recordJudged(job, judged, dependencies, GIVEN_UP);
}
