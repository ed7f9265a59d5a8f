/** One advisory that turns many placements of 40 owners, as its round leaves them to be told; in any register. */
import { causeId } from '../../lib/core/again/cause.ts';
import type { ChangedVerdict } from '../../lib/core/again/changed-verdict.ts';
import { causeChangedKey, causeDoneKey, causeHeadKey } from '../../lib/core/register/index-keys.ts';
import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import type { Work } from '../../lib/pipeline/ports/work-queue.ts';
import { TELL_CAUSE } from '../../lib/pipeline/work/work-types.ts';
import { aChangedVerdict, aRound } from './changed-verdicts.ts';

export const OWNERS = Array.from({ length: 40 }, (_, place) => `team-${String(place)}`);
const PAGES = 20;
/** A commit takes a hundred. */
const AT_ONCE = 100;

/** Some have much more than others. */
export interface Storm {
  /** Placements of the first owner, and how many more each further one has. */
  readonly least: number;
  readonly more: number;
}

/** 47 to 203 of each owner. */
export const FIVE_THOUSAND: Storm = { least: 47, more: 4 };

/** Of each owner, in their order. */
export function placementsOf({ least, more }: Storm): readonly number[] {
  return OWNERS.map((_, place) => least + more * place);
}

/** Puts the round's end into a register, every verdict that it changed and its head last. */
export async function leaveRound(register: RegisterStore, storm: Storm): Promise<Work> {
  const counts = placementsOf(storm);
  const placements = counts.reduce((sum, count) => sum + count, 0);
  const { head } = aRound({ head: { ...aRound().head, pages: PAGES, placements } });
  const cause = causeId(head.cause);
  const changed = OWNERS.flatMap((owner, place) =>
    Array.from({ length: counts[place] ?? 0 }, (_, count) =>
      aChangedVerdict({ owner, repository: `${owner}/app-${String(count)}`, page: count % PAGES }),
    ),
  );
  for (let start = 0; start < changed.length; start += AT_ONCE) {
    await register.commit({ puts: [], history: changed.slice(start, start + AT_ONCE).map(itemOf) });
  }
  const done = Array.from({ length: PAGES }, (_, page) => ({
    ...causeDoneKey(cause, page),
    body: { at: head.at, judged: placements / PAGES, changed: placements / PAGES, untouched: 0, failed: [] },
  }));
  await register.commit({ puts: [], history: [...done, { ...causeHeadKey(cause), body: { ...head } }] });
  return {
    ...{ id: `${TELL_CAUSE}#storm`, type: TELL_CAUSE, body: { cause: head.cause, part: 1 } },
    ...{ at: head.at, attempt: 1, lapsed: 0 },
  };

  function itemOf(entry: ChangedVerdict) {
    return { ...causeChangedKey(cause, entry.placement, entry.stage), body: { ...entry } };
  }
}
