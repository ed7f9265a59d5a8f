/**
 * Decides on an image whose scan is done, and records and announces what came of it: the second half
 * of judge-placement, where the two run apart.
 */
import type { Scan } from '../../core/register/judged-evidence.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import { type DecideDependencies, failedScan } from '../judge-image/judge-scan.ts';
import { readDocument } from '../judge-image/read-document.ts';
import { judgeStages } from '../judge-placement/judge-stages.ts';
import { requestOf, stagesLeft } from '../judge-placement/placement-job.ts';
import { GIVEN_UP, type JudgedPlacement } from '../judge-placement/record-judged.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Work } from '../ports/work-queue.ts';
import { ownStage } from '../sightings/stages.ts';
import { type DecisionJob, decisionJob } from './decision-job.ts';

/** @returns one for each stage; none where the image was judged on the same basis while this one was scanned */
export async function decidePlacement(
  work: Work,
  dependencies: DecideDependencies,
): Promise<readonly JudgedPlacement[]> {
  const { job, at, scan, givenUp } = decisionJob.parse(work.body);
  const stages = await stagesLeft(job, requestOf(job, at), dependencies);
  if (stages.length === 0) return [];
  const found = { scan: await scanOf(scan, dependencies.evidence), stages };
  return await judgeStages(job, at, found, dependencies, givenUp ? GIVEN_UP : undefined);
}

/** Ends a decision that keeps failing: unknown, recorded, and told. */
export async function giveUpDecision(
  work: Work,
  cause: string,
  dependencies: DecideDependencies,
): Promise<readonly JudgedPlacement[]> {
  const { job, at } = decisionJob.parse(work.body);
  const scan = failedScan(`the judgement failed: ${cause}`);
  const stages = [ownStage(job.placement, dependencies)];
  return await judgeStages(job, at, { scan, stages }, dependencies, GIVEN_UP);
}

async function scanOf(scan: DecisionJob['scan'], evidence: EvidenceStore): Promise<Scan> {
  if ('gaps' in scan) return { inventory: null, gaps: scan.gaps };
  return { inventory: await readDocument<Inventory>(evidence, scan.inventory, 'SBOM'), hash: scan.inventory };
}
