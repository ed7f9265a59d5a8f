/** Brings into the risk register what a commit left as work: off the hot path, at least once, in any order. */
import { placementsOf } from '../lineage/follow-rows.ts';
import type { Work } from '../ports/work-queue.ts';
import { imagesUnder } from '../sightings/running.ts';
import { foldJob } from './fold-entry.ts';
import { foldPlacement } from './fold-placement.ts';
import type { Folding } from './fold-plan.ts';

export async function foldRisks(work: Work, folding: Folding): Promise<void> {
  const asked = foldJob.parse(work.body);
  if ('placement' in asked) {
    await foldPlacement(asked.placement, asked.replaced === null ? [] : [asked.replaced], folding);
    return;
  }
  const images = await imagesUnder(asked.digest, folding.register);
  for await (const placement of placementsOf(images, folding.register)) await foldPlacement(placement, [], folding);
}
