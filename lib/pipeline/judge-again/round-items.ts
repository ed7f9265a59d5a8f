/** Reads what a round has come to. */
import { type ChangedVerdict, readChangedVerdict } from '../../core/again/changed-verdict.ts';
import {
  type PageDone,
  readPageDone,
  readRoundPage,
  readRoundTelling,
  type RoundTelling,
} from '../../core/again/round.ts';
import type { Digest } from '../../core/image/digest.ts';
import {
  CAUSE_CHANGED_PREFIX,
  CAUSE_DONE_PREFIX,
  CAUSE_TOLD_PREFIX,
  causePageKey,
  causePartition,
} from '../../core/register/index-keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';

/** The pages that are judged, by their number. */
export async function donePages(cause: Digest, register: RegisterStore): Promise<ReadonlyMap<number, PageDone>> {
  const items = await readAll(register, { pk: causePartition(cause), beginsWith: CAUSE_DONE_PREFIX });
  return new Map(items.map((item) => [Number(item.sk.slice(CAUSE_DONE_PREFIX.length)), readPageDone(item)]));
}

export async function tellingsOf(cause: Digest, register: RegisterStore): Promise<readonly RoundTelling[]> {
  const items = await readAll(register, { pk: causePartition(cause), beginsWith: CAUSE_TOLD_PREFIX });
  return items.map((item) => readRoundTelling(item));
}

/** What the pages changed. */
export async function changedOn(
  cause: Digest,
  pages: ReadonlySet<number>,
  register: RegisterStore,
): Promise<readonly ChangedVerdict[]> {
  const items = await readAll(register, { pk: causePartition(cause), beginsWith: CAUSE_CHANGED_PREFIX });
  return items.map((item) => readChangedVerdict(item)).filter(({ page }) => pages.has(page));
}

/** How many placements the pages name. */
export async function placementsOn(cause: Digest, pages: Iterable<number>, register: RegisterStore): Promise<number> {
  let count = 0;
  for (const page of pages) {
    const item = await register.get(causePageKey(cause, page));
    if (item !== null) count += readRoundPage(item).placements.length;
  }
  return count;
}
