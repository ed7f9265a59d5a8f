/**
 * Decides on an image whose scan is done, and records and announces what came of it: the second half
 * of judge-placement, where the two run apart.
 */
import type { Scan } from '../../core/register/judged-evidence.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import { type DecideDependencies, failedScan, judgeScan } from '../judge-image/judge-scan.ts';
import { readDocument } from '../judge-image/read-document.ts';
import { isJudged, requestOf } from '../judge-placement/placement-job.ts';
import { GIVEN_UP, type JudgedPlacement, recordJudged } from '../judge-placement/record-judged.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Work } from '../ports/work-queue.ts';
import { type DecisionJob, decisionJob } from './decision-job.ts';

/** @returns null where the image was judged on the same basis while this one was scanned */
export async function decidePlacement(work: Work, dependencies: DecideDependencies): Promise<JudgedPlacement | null> {
  const { job, at, scan, givenUp } = decisionJob.parse(work.body);
  if (await isJudged(job, at, dependencies)) return null;
  const judged = await judgeScan(requestOf(job, at), await scanOf(scan, dependencies.evidence), dependencies);
  return await recordJudged(job, judged, dependencies, givenUp ? GIVEN_UP : undefined);
}

/** Ends a decision that keeps failing: unknown, recorded, and told. */
export async function giveUpDecision(
  work: Work,
  cause: string,
  dependencies: DecideDependencies,
): Promise<JudgedPlacement> {
  const { job, at } = decisionJob.parse(work.body);
  const judged = await judgeScan(requestOf(job, at), failedScan(`the judgement failed: ${cause}`), dependencies);
  return await recordJudged(job, judged, dependencies, GIVEN_UP);
}

async function scanOf(scan: DecisionJob['scan'], evidence: EvidenceStore): Promise<Scan> {
  if ('gaps' in scan) return { inventory: null, gaps: scan.gaps };
  return { inventory: await readDocument<Inventory>(evidence, scan.inventory, 'SBOM'), hash: scan.inventory };
}
