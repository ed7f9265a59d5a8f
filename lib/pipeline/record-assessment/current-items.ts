/** The items that a recorded assessment moves, and the puts that move them. */
import type { Digest } from '../../core/image/digest.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import type { Current } from '../../core/register/current.ts';
import {
  assessmentKey,
  assetKey,
  boardKey,
  currentKey,
  digestKey,
  placedAssessmentKey,
} from '../../core/register/keys.ts';
import type { Item, Put, RegisterStore, StoredItem } from '../ports/register-store.ts';

export type PlacedAssessment = Assessment & { readonly placement: Placement };

/** An assessment on its way into the register. */
export interface Recording {
  readonly assessment: PlacedAssessment;
  readonly id: Digest;
  readonly basis: string;
}

/** What people know of the image beside its verdict. */
type Standing = Pick<Current, 'platform' | 'tags' | 'superseded' | 'replacedBy' | 'gone'>;

export function currentOf({ assessment, id }: Pick<Recording, 'assessment' | 'id'>, standing: Standing): Current {
  const { placement, stage, stageFrom, at, verdict, blocking, score, asset } = assessment;
  const { platform, tags, superseded, replacedBy, gone } = standing;
  return {
    ...{ placement, platform, stage, sighted: stageFrom === 'sighted', asset: asset?.id ?? null },
    ...{ tags: [...tags], superseded, replacedBy, gone, retired: false },
    ...{ assessment: id, at, confirmedAt: null },
    ...{ verdict, blocking, score },
  };
}

export function itemOf(current: Current): Item {
  const { placement, stage, asset, platform } = current;
  return {
    ...currentKey(placement, stage),
    body: { ...current },
    indexes: { board: boardKey(asset, placement, platform, stage) },
  };
}

/** Puts an item in the place of the one that was read. */
export function replace(stored: StoredItem | null, item: Item): Put {
  return { item, when: stored === null ? 'absent' : { version: stored.version } };
}

/** What makes an assessment known: by its identity, in the history of its placement, by digest and by asset. */
export async function knownPuts(
  { assessment, id }: Pick<Recording, 'assessment' | 'id'>,
  register: RegisterStore,
): Promise<readonly Put[]> {
  const { placement, stage, at, verdict, score, asset } = assessment;
  return await absentOnly(register, [
    { ...assessmentKey(id), body: { placement, stage, at, verdict } },
    { ...placedAssessmentKey(placement, at, id), body: { assessment: id, verdict, score } },
    { ...digestKey(placement), body: { placement } },
    { ...assetKey(asset?.id ?? null), body: {} },
  ]);
}

/** Items that never change are put once: those that are there are left out. */
async function absentOnly(register: RegisterStore, items: readonly Item[]): Promise<readonly Put[]> {
  const present = await Promise.all(items.map(async (item) => (await register.get(item)) !== null));
  return items.flatMap((item, index) => (present[index] === true ? [] : [{ item, when: 'absent' as const }]));
}
