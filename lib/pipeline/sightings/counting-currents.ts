/** The current verdicts of a placement that still count. */
import type { Placement } from '../../core/image/placement.ts';
import { type Current, readCurrent } from '../../core/register/current.ts';
import { placementPartition } from '../../core/register/keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { stillCounts } from './stages.ts';

export async function countingCurrents(placement: Placement, register: RegisterStore): Promise<readonly Current[]> {
  const items = await readAll(register, { pk: placementPartition(placement), beginsWith: 'CURRENT#' });
  const counting: Current[] = [];
  for (const item of items) {
    const current = readCurrent(item);
    if (await stillCounts(current, register)) counting.push(current);
  }
  return counting;
}
