/**
 * Brings what the verdicts of a placement say into the risk register.
 *
 * It follows what stands now and not what it was called for, so that called twice, late or after its
 * successor it ends the same. Of a placement that says the same as before, nothing is written but that;
 * of one that differs, what differs. The findings of a placement are rows of their risks: ten thousand
 * placements that have a risk in common do not write to one item.
 *
 * Rows go first, then what follows from them: who closes a risk looks at the rows before and after, who
 * adds a row looks at the risk afterwards. Whatever their order, one of the two sees the other.
 */
import { contentId } from '../../core/canonical/canonical.ts';
import { type Placement, placementName } from '../../core/image/placement.ts';
import { readCurrent } from '../../core/register/current.ts';
import { placementPartition } from '../../core/register/keys.ts';
import { foldedKey } from '../../core/register/risk-keys.ts';
import { type Folded, newFolded, readFolded } from '../../core/risks/folded.ts';
import { readAll } from '../read-board/read-all.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { clearRisks } from './clear-risks.ts';
import { Fence } from './fence.ts';
import { type Folding, planStage, type StagePlan } from './fold-plan.ts';
import { setRisks } from './set-risks.ts';

/** @param replaced - what lost its last tag to the placement, where that is how it came */
export async function foldPlacement(
  placement: Placement,
  replaced: readonly Placement[],
  folding: Folding,
): Promise<void> {
  const { holds } = await foldOne(placement, replaced, folding);
  const left: Placement[] = [];
  const asked = new Set([placementName(placement)]);
  const waiting = [...holds];
  for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
    if (asked.has(placementName(one))) continue;
    asked.add(placementName(one));
    const folded = await foldOne(one, [], folding);
    if (Object.values(folded.stages).every(({ assessment }) => assessment === null)) waiting.push(...folded.holds);
    else left.push(one);
  }
  if (left.length !== holds.length) await keepHolds(placement, left, folding);
}

async function foldOne(placement: Placement, replaced: readonly Placement[], folding: Folding): Promise<Folded> {
  return await untilNoConflict(() => tryToFold(placement, replaced, folding));
}

async function tryToFold(placement: Placement, replaced: readonly Placement[], folding: Folding): Promise<Folded> {
  const { register, now } = folding;
  const stored = await register.get(foldedKey(placement));
  const was = stored === null ? newFolded(placement, now().toISOString()) : readFolded(stored);
  const items = await readAll(register, { pk: placementPartition(placement), beginsWith: 'CURRENT#' });
  const plans: StagePlan[] = [];
  for (const item of items) {
    const plan = await planStage(readCurrent(item), was, folding);
    if (plan !== null) plans.push(plan);
  }
  const holds = distinct([...was.holds, ...replaced]);
  const begun: Folded = { ...was, holds, stages: { ...was.stages, ...stagesOf(plans, 'begun') } };
  const done: Folded = { ...begun, stages: { ...was.stages, ...stagesOf(plans, 'done') } };
  if (contentId(done) === contentId(was)) return was;

  const fence = new Fence(register, begun, stored?.version ?? null);
  for (const { stage, set, clear } of plans) {
    await setRisks(set, { ...folding, fence, placement, stage, since: was.since });
    await clearRisks(clear, { ...folding, fence, placement, stage, since: was.since });
  }
  fence.mark(done);
  await fence.flush();
  return done;
}

async function keepHolds(placement: Placement, holds: readonly Placement[], { register }: Folding): Promise<void> {
  await untilNoConflict(async () => {
    const stored = await register.get(foldedKey(placement));
    if (stored === null) return;
    const fence = new Fence(register, { ...readFolded(stored), holds }, stored.version);
    await fence.flush();
  });
}

function stagesOf(plans: readonly StagePlan[], at: 'begun' | 'done') {
  return Object.fromEntries(plans.map((plan) => [plan.stage, plan[at]]));
}

function distinct(placements: readonly Placement[]): readonly Placement[] {
  return [...new Map(placements.map((one) => [placementName(one), one])).values()];
}
