/**
 * Scans one image where it stands, and leaves the decision as work: the first half of
 * judge-placement, where the two run apart.
 *
 * An image that can't be read is an answer too: its gaps go to the decision, which makes them an
 * unknown verdict with the cause.
 */
import type { Scan } from '../../core/register/judged-evidence.ts';
import type { DecisionJob } from '../decide-placement/decision-job.ts';
import type { JudgeDependencies } from '../judge-image/judge-image.ts';
import { failedScan } from '../judge-image/judge-scan.ts';
import { openPlaced, type PlacedImages } from '../judge-placement/open-placed.ts';
import { type PlacementJob, placementJob, requestOf, stagesLeft } from '../judge-placement/placement-job.ts';
import { scanPlaced } from '../judge-placement/scan-placed.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { Work } from '../ports/work-queue.ts';
import { DECIDE_PLACEMENT } from '../work/work-types.ts';

export interface ScannedPlacement {
  readonly job: PlacementJob;
  /** Packages found; null where the image could not be read. */
  readonly packages: number | null;
  /** Why it could not be read. */
  readonly cause: string | null;
}

/** @returns null where the image was judged already on the same basis: nothing is left to decide */
export async function scanPlacement(
  work: Work,
  dependencies: JudgeDependencies & PlacedImages,
): Promise<ScannedPlacement | null> {
  const { register, signal } = dependencies;
  const job = placementJob.parse(work.body);
  const request = requestOf(job, work.at);
  if ((await stagesLeft(job, request, dependencies)).length === 0) return null;
  const opened = await openPlaced(job.placement, dependencies, signal);
  try {
    return await leave(work, job, await scanPlaced(request, opened.image, dependencies), register);
  } finally {
    await opened.close();
  }
}

/** Ends a scan that keeps failing: the decision will be unknown, with the cause. */
export async function giveUpScan(work: Work, cause: string, register: RegisterStore): Promise<ScannedPlacement> {
  const job = placementJob.parse(work.body);
  return await leave(work, job, failedScan(`the scan failed: ${cause}`), register, true);
}

/** The id follows from the scan's own: however often it runs, one decision is left. */
async function leave(
  work: Work,
  job: PlacementJob,
  scan: Scan,
  register: RegisterStore,
  givenUp = false,
): Promise<ScannedPlacement> {
  const left: DecisionJob = {
    job,
    at: requestOf(job, work.at).at,
    scan: scan.inventory === null ? { gaps: [...scan.gaps] } : { inventory: scan.hash },
    givenUp,
  };
  const id = `${DECIDE_PLACEMENT}#${work.id}`;
  await register.commit({ puts: [], outbox: [{ id, type: DECIDE_PLACEMENT, body: { ...left } }] });
  const [gap] = scan.inventory === null ? scan.gaps : [];
  return { job, packages: scan.inventory?.packages.length ?? null, cause: gap?.message ?? null };
}
