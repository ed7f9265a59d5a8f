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

/** @param until - ISO 8601 */
export async function datesAhead(until: string, paging: Paging, listing: Listing): Promise<DatesAhead> {
  const { register, appetite, at } = listing;
  const sees = seesDated(listing);
  const page = pageOf(await readLadders(register), ladderText, paging);
  const dates: ComingDate[] = [];
  for (const was of page.rows) {
    const dated = await readDated(was, listing);
    if (dated !== null && sees(dated)) dates.push(...remindersAhead(dated, was, { appetite, from: at, until }));
  }
  return { dates, next: page.next };
}
