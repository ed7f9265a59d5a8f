/**
 * For which stages a placement is judged: the appetite's, and production while it runs there. One place
 * says so, for all who judge.
 */
import { assetOf } from '../../core/appetite/asset-of.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { Stage } from '../../core/image/stage.ts';
import type { Current } from '../../core/register/current.ts';
import type { GivenStage, JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { counts, runsInProduction } from '../../core/sightings/standing.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { runningOf } from './running.ts';

export interface EffectiveStage {
  readonly name: Stage;
  /** What a judgement is given: null where the appetite itself says so. */
  readonly given: GivenStage | null;
}

interface Dependencies {
  readonly register: RegisterStore;
  readonly appetite: Pick<JudgedEvidence['appetite'], 'value'>;
}

/** The stage that the appetite gives the placement, and then those of {@link sightedStages}. */
export async function stagesOf(
  placement: Placement,
  dependencies: Dependencies,
): Promise<readonly [EffectiveStage, ...EffectiveStage[]]> {
  return [ownStage(placement, dependencies), ...(await sightedStages(placement, dependencies))];
}

export function ownStage({ repository }: Placement, { appetite }: Pick<Dependencies, 'appetite'>): EffectiveStage {
  return { name: assetOf(appetite.value, repository).stage, given: null };
}

/** The stages that come from where it runs: production, unless the appetite says so anyway. */
export async function sightedStages(
  placement: Placement,
  { register, appetite }: Dependencies,
): Promise<readonly EffectiveStage[]> {
  if (ownStage(placement, { appetite }).name === 'production') return [];
  if (!runsInProduction(await runningOf(placement.digest, register))) return [];
  return [{ name: 'production', given: { name: 'production', from: 'sighted' } }];
}

/** Whether a current verdict still counts, and is judged again when something changes. */
export async function stillCounts(current: Current, register: RegisterStore): Promise<boolean> {
  return counts(current, []) || counts(current, await runningOf(current.placement.digest, register));
}
