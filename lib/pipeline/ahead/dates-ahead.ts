/** What comes due as time passes, and who is reminded of it when, if nobody does anything. Keeps nothing. */
import type { ComingDate } from '../../core/ahead/coming.ts';
import { remindersAhead } from '../../core/ahead/reminders-ahead.ts';
import { ladderText } from '../../core/reminders/dated.ts';
import { pageOf, type Paging } from '../operations/page.ts';
import { type Listing, seesDated } from '../reminders/list-reminders.ts';
import { readDated } from '../reminders/read-dated.ts';
import { readLadders } from '../reminders/read-ladders.ts';

export interface DatesAhead {
  readonly dates: readonly ComingDate[];
  /** Give it as `after` for the next page; null at the end. */
  readonly next: string | null;
}

/** Of an answer, before it goes on with another ladder: one may have a thousand rungs, and Lambda answers with 6 MB. */
const MOST_DATES = 1000;

/**
 * @param until - ISO 8601
 * @param isLate - whether the answer has to be given now
 */
export async function datesAhead(
  until: string,
  paging: Paging,
  listing: Listing,
  isLate: () => boolean,
): Promise<DatesAhead> {
  const { register, appetite, at } = listing;
  const sees = seesDated(listing);
  const page = pageOf(await readLadders(register), ladderText, paging);
  const dates: ComingDate[] = [];
  let last: string | null = null;
  for (const was of page.rows) {
    if (dates.length >= MOST_DATES || (last !== null && isLate())) return { dates, next: last };
    last = ladderText(was);
    const dated = await readDated(was, listing);
    if (dated !== null && sees(dated)) dates.push(...remindersAhead(dated, was, { appetite, from: at, until }));
  }
  return { dates, next: page.next };
}
