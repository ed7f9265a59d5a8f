/**
 * Judges one page of a round: each placement for itself, so that one which fails stops no other.
 *
 * Run twice it ends the same: what it judged as of its instant is not judged again, and what it has to
 * tell programs is told again under the same identities.
 */
import { z } from 'zod';

import { causeId, causeSchema } from '../../core/again/cause.ts';
import { type PageDone, readPageDone, readRoundPage } from '../../core/again/round.ts';
import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { Stage } from '../../core/image/stage.ts';
import { causeDoneKey, causePageKey } from '../../core/register/index-keys.ts';
import type { EventSink } from '../ports/event-sink.ts';
import type { Work } from '../ports/work-queue.ts';
import { type AgainDependencies, judgeTarget, type Outcome, type Target } from './judge-target.ts';
import { publishChanges } from './publish-changes.ts';
import { type PlacedTarget, targetsOf } from './targets.ts';

export interface PageDependencies extends AgainDependencies {
  /** Left out where there are no programs to tell. */
  readonly events?: EventSink;
}

const job = z.object({ cause: causeSchema, page: z.int().nonnegative() });

type Job = z.output<typeof job>;

interface Judged {
  readonly placement: Placement;
  readonly stage: Stage;
  readonly outcome: Outcome;
}

/** @throws what judging a placement throws, after all others are judged */
export async function judgePage(work: Work, dependencies: PageDependencies): Promise<PageDone> {
  return await judgeAll(work, dependencies, { tries: true, givenUp: null });
}

/**
 * Ends a page that keeps failing: what can't be judged is unknown, recorded, and told.
 *
 * Where it ended without a word nothing on it is tried once more: that would only end the next one too.
 */
export async function giveUpPage(work: Work, cause: string, dependencies: PageDependencies): Promise<PageDone> {
  return await judgeAll(work, dependencies, { tries: work.lapsed === 0, givenUp: cause });
}

interface Patience {
  readonly tries: boolean;
  /** Why; null while there is patience. */
  readonly givenUp: string | null;
}

async function judgeAll(work: Work, dependencies: PageDependencies, patience: Patience): Promise<PageDone> {
  const { cause, page } = job.parse(work.body);
  const { register } = dependencies;
  const known = await register.get(causeDoneKey(causeId(cause), page));
  if (known !== null) return readPageDone(known);

  const judged: Judged[] = [];
  const failed: PageDone['failed'][number][] = [];
  let failure: Error | null = null;
  for (const target of await targetsOn({ cause, page }, dependencies)) {
    const { stage, like } = target;
    const about = { placement: like.placement, stage };
    try {
      const asked = { ...target, cause, page, at: work.at };
      judged.push({ ...about, outcome: await judgeOne(asked, dependencies, patience) });
    } catch (error) {
      // What will be over by itself is no fault of a placement: the whole page waits.
      if (isCavendishError(error, 'unavailable') || isCavendishError(error, 'storage-full')) throw error;
      failure ??= Error.isError(error) ? error : new Error(String(error));
      failed.push({ ...about, why: reasonOf(error) });
    }
  }
  if (failure !== null && patience.givenUp === null) throw failure;

  const changed = judged.filter(({ outcome }) => outcome === 'changed');
  await publishChanges(cause, changed, dependencies);
  const done = doneOf(judged, failed, work.at);
  const item = { ...causeDoneKey(causeId(cause), page), body: { ...done } };
  // Another who had the same page may have been faster: then this is the same page judged twice.
  await register.commit({ puts: [], history: [item] });
  return done;
}

async function judgeOne(
  target: Target,
  dependencies: PageDependencies,
  { tries, givenUp }: Patience,
): Promise<Outcome> {
  if (givenUp === null) return await judgeTarget(target, dependencies);
  try {
    if (tries) return await judgeTarget(target, dependencies);
  } catch (error) {
    return await judgeTarget({ ...target, failed: reasonOf(error) }, dependencies);
  }
  return await judgeTarget({ ...target, failed: givenUp }, dependencies);
}

async function targetsOn({ cause, page }: Job, dependencies: PageDependencies): Promise<readonly PlacedTarget[]> {
  const item = await dependencies.register.get(causePageKey(causeId(cause), page));
  if (item === null) throw new CavendishError('not-found', `page ${page} of the round ${causeId(cause)} is not there`);
  const targets: PlacedTarget[] = [];
  for (const placement of readRoundPage(item).placements) targets.push(...(await targetsOf(placement, dependencies)));
  return targets;
}

function doneOf(judged: readonly Judged[], failed: PageDone['failed'], at: string): PageDone {
  const count = (wanted: Outcome): number => judged.filter(({ outcome }) => outcome === wanted).length;
  const changed = count('changed');
  return { at, judged: changed + count('confirmed'), changed, untouched: count('untouched'), failed };
}

function reasonOf(error: unknown): string {
  return Error.isError(error) ? error.message : String(error);
}
