/** The verdicts of a placement that may have to be judged again, and the stages that have none yet. */
import type { Placement } from '../../core/image/placement.ts';
import type { Stage } from '../../core/image/stage.ts';
import { type Current, readCurrent } from '../../core/register/current.ts';
import type { GivenStage, JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { placementPartition } from '../../core/register/keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { stagesOf } from '../sightings/stages.ts';

export interface PlacedTarget {
  readonly stage: Stage;
  /** What a judgement is given: null where the appetite itself says so. */
  readonly given: GivenStage | null;
  /** False where neither the appetite nor where it runs asks for the stage any more. */
  readonly asked: boolean;
  /** Null where it was never judged for the stage. */
  readonly current: Current | null;
  /** The current verdict, or that for another stage: of the same image in the same place. */
  readonly like: Current;
}

interface Dependencies {
  readonly register: RegisterStore;
  readonly appetite: Pick<JudgedEvidence['appetite'], 'value'>;
}

/** None where the placement was never judged: a push is under way then, and judges it. */
export async function targetsOf(placement: Placement, dependencies: Dependencies): Promise<readonly PlacedTarget[]> {
  const items = await readAll(dependencies.register, { pk: placementPartition(placement), beginsWith: 'CURRENT#' });
  const currents = items.map((item) => readCurrent(item));
  const [like] = currents;
  if (like === undefined) return [];

  const effective = new Map((await stagesOf(placement, dependencies)).map(({ name, given }) => [name, given]));
  const missing = [...effective].filter(([stage]) => currents.every((current) => current.stage !== stage));
  return [
    ...currents.map((current) => {
      const { stage } = current;
      return { stage, current, like: current, given: effective.get(stage) ?? null, asked: effective.has(stage) };
    }),
    ...missing.map(([stage, given]) => ({ stage, given, asked: true, current: null, like })),
  ];
}
