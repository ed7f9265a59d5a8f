/** Judges a scanned image for every stage that counts where it stands, and records what came of each. */
import type { Scan } from '../../core/register/judged-evidence.ts';
import { type DecideDependencies, judgeScan } from '../judge-image/judge-scan.ts';
import { type EffectiveStage, sightedStages } from '../sightings/stages.ts';
import { isJudgedFor, type PlacementJob, requestOf } from './placement-job.ts';
import { type GIVEN_UP, type JudgedPlacement, recordJudged } from './record-judged.ts';

/**
 * @param stages - for which it is not judged yet, the first of all
 * @param at - the instant that counts where the job does not say as of when
 * @returns one for each stage, and one for a stage that running somewhere adds
 */
export async function judgeStages(
  job: PlacementJob,
  at: string,
  { scan, stages }: { readonly scan: Scan; readonly stages: readonly EffectiveStage[] },
  dependencies: DecideDependencies,
  basis?: typeof GIVEN_UP,
): Promise<readonly JudgedPlacement[]> {
  const judged: JudgedPlacement[] = [];
  const request = requestOf(job, at);
  async function judge({ given }: EffectiveStage): Promise<void> {
    const result = await judgeScan({ ...request, stage: given }, scan, dependencies);
    judged.push(await recordJudged(job, result, dependencies, basis));
  }
  for (const stage of stages) await judge(stage);
  // Read behind the record: who tells of a sighting meanwhile finds the placement, or is found here.
  for (const stage of await sightedStages(job.placement, dependencies)) {
    if (stages.some(({ name }) => name === stage.name)) continue;
    if (basis === undefined && (await isJudgedFor(stage.name, job, request, dependencies))) continue;
    await judge(stage);
  }
  return judged;
}
