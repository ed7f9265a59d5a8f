/** One advisory that turns 5,000 placements of 40 owners, as its round leaves them to be told; in any register. */
import { causeId } from '../../lib/core/again/cause.ts';
import type { ChangedVerdict } from '../../lib/core/again/changed-verdict.ts';
import { causeChangedKey, causeDoneKey, causeHeadKey } from '../../lib/core/register/index-keys.ts';
import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import type { Work } from '../../lib/pipeline/ports/work-queue.ts';
import { TELL_CAUSE } from '../../lib/pipeline/work/work-types.ts';
import { aChangedVerdict, aRound } from './changed-verdicts.ts';

export const OWNERS = Array.from({ length: 40 }, (_, place) => `team-${String(place)}`);
const PLACEMENTS = 5000;
const PAGES = 50;
/** A commit takes a hundred. */
const AT_ONCE = 100;

/** Some have much more than others: 47 to 203, together 5,000. */
export function placementsOf(owner: number): number {
  return 47 + 4 * owner;
}

const round = aRound({ head: { ...aRound().head, pages: PAGES, placements: PLACEMENTS } });

/** Puts the round's end into a register, every verdict that it changed and its head last. */
export async function leaveRound(register: RegisterStore): Promise<Work> {
  const { head } = round;
  const cause = causeId(head.cause);
  const changed = OWNERS.flatMap((owner, place) =>
    Array.from({ length: placementsOf(place) }, (_, count) =>
      aChangedVerdict({ owner, repository: `${owner}/app-${String(count)}`, page: count % PAGES }),
    ),
  );
  for (let start = 0; start < changed.length; start += AT_ONCE) {
    await register.commit({ puts: [], history: changed.slice(start, start + AT_ONCE).map(itemOf) });
  }
  const done = Array.from({ length: PAGES }, (_, page) => ({
    ...causeDoneKey(cause, page),
    body: { at: head.at, judged: PLACEMENTS / PAGES, changed: PLACEMENTS / PAGES, untouched: 0, failed: [] },
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
