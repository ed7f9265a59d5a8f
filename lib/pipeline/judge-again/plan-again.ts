/**
 * Plans a round: finds the placements that a cause may concern and lays them out in pages, each with the
 * work of judging it in the same commit, so that judging begins while planning goes on.
 *
 * A plan that dies goes on from the pages that it left: what is on one of them is not planned again. The
 * head is put last; where it is, there is nothing left to plan.
 */
import { type Cause, causeId, causeName, causeSchema } from '../../core/again/cause.ts';
import { isOtherModel, readRoundHead, readRoundPage, type RoundHead, type RoundPage } from '../../core/again/round.ts';
import { type Placement, placementName } from '../../core/image/placement.ts';
import { CAUSE_PAGE_PREFIX, causeHeadKey, causePageKey, causePartition } from '../../core/register/index-keys.ts';
import type { OutboxEntry, RegisterStore } from '../ports/register-store.ts';
import type { Work } from '../ports/work-queue.ts';
import { readAll } from '../read-board/read-all.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { JUDGE_AGAIN, TELL_CAUSE } from '../work/work-types.ts';
import { candidatesOf, type Searching } from './candidates.ts';
import { gatherChanges, type Settling } from './gather-changes.ts';
import { toldFeedsOf } from './told-feeds.ts';

/** Placements of a page: judging one takes seconds, and ten thousand are five hundred pages. */
const PLACEMENTS_PER_PAGE = 20;

/**
 * @returns null where the plan of another cause covers this one
 * @throws NotYet where more feeds may change in a moment
 */
export async function planAgain(work: Work, searching: Settling): Promise<RoundHead | null> {
  const cause = causeSchema.parse(work.body);
  const { register, intelligence } = searching;
  if (cause.kind === 'feeds' && cause.gathered !== true) {
    await gatherChanges(cause, searching);
    return null;
  }
  const known = readRoundHead(await register.get(causeHeadKey(causeId(cause))));
  if (known !== null) return known;

  const pages = await layOut(cause, searching);
  const feeds = cause.kind === 'feeds' ? await toldFeedsOf(cause.changes, intelligence) : [];
  const head: RoundHead = { cause, at: work.at, ...pages, feeds };
  await putHead(head, register);
  return head;
}

async function layOut(cause: Cause, searching: Searching): Promise<Pick<RoundHead, 'pages' | 'placements'>> {
  const { register } = searching;
  const left = await readAll(register, { pk: causePartition(causeId(cause)), beginsWith: CAUSE_PAGE_PREFIX });
  const planned = left.flatMap((item) => readRoundPage(item).placements.map(placementName));
  const isPlanned = new Set(planned);
  let pages = left.length;
  let placements = planned.length;
  let page: Placement[] = [];

  async function putPage(): Promise<void> {
    const body: RoundPage = { placements: page };
    const item = { ...causePageKey(causeId(cause), pages), body: { ...body } };
    await register.commit({ puts: [{ item, when: 'absent' }], outbox: [judgeEntry(cause, pages)] });
    placements += page.length;
    pages += 1;
    page = [];
  }

  for await (const placement of candidatesOf(cause, searching)) {
    if (isPlanned.has(placementName(placement))) continue;
    page.push(placement);
    if (page.length === PLACEMENTS_PER_PAGE) await putPage();
  }
  if (page.length > 0) await putPage();
  return { pages, placements };
}

/** With the work of telling what it came to, where there may be anything to tell. */
async function putHead(head: RoundHead, register: RegisterStore): Promise<void> {
  const { cause, pages, feeds } = head;
  const tells = pages > 0 || feeds.some(isOtherModel);
  await untilNoConflict(async () => {
    const key = causeHeadKey(causeId(cause));
    if ((await register.get(key)) !== null) return;
    const outbox = tells ? [tellEntry(cause)] : [];
    await register.commit({ puts: [{ item: { ...key, body: { ...head } }, when: 'absent' }], outbox });
  });
}

function judgeEntry(cause: Cause, page: number): OutboxEntry {
  return { id: `${JUDGE_AGAIN}#${causeName(cause)}#${page}`, type: JUDGE_AGAIN, body: { cause, page } };
}

function tellEntry(cause: Cause): OutboxEntry {
  return { id: `${TELL_CAUSE}#${causeName(cause)}`, type: TELL_CAUSE, body: { cause } };
}
