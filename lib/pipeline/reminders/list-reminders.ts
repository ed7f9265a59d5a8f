/** What comes due, and when people hear of it next. A list is for people: of what was never looked at it knows nothing. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { isOwner, personNamed } from '../../core/appetite/people.ts';
import type { Caller } from '../../core/people/caller.ts';
import { seesEverything } from '../../core/people/sees.ts';
import { reminderPartitions } from '../../core/register/reminder-keys.ts';
import type { Dated } from '../../core/reminders/dated.ts';
import { recipientsOf } from '../../core/reminders/recipients.ts';
import { readReminderState, type ReminderState, settledState } from '../../core/reminders/reminder-state.ts';
import { hasEnded } from '../../core/time/end.ts';
import { pageOf, type Paging, type Rows } from '../operations/page.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { readDated } from './read-dated.ts';

export interface ListedReminder extends Dated, Pick<ReminderState, 'next' | 'acknowledged'> {
  /** Its day is past. */
  readonly overdue: boolean;
}

interface Listing {
  readonly register: RegisterStore;
  readonly caller: Caller;
  readonly at: string;
  readonly appetite: Appetite;
}

/**
 * In the order of their dates.
 *
 * @param all - also what people want to hear no more of
 */
export async function listReminders(
  { all, asset }: { readonly all: boolean; readonly asset: string | null },
  page: Paging,
  listing: Listing,
): Promise<Rows<ListedReminder>> {
  const { register, appetite, at } = listing;
  const sees = seesDated(listing);
  const partitions = await Promise.all(reminderPartitions().map((pk) => readAll(register, { pk })));
  const rows: ListedReminder[] = [];
  for (const was of partitions.flat().map(readReminderState)) {
    const dated = await readDated(was, listing);
    const state = settledState(dated, was, appetite.reminders);
    if (dated === null || state === null || !sees(dated) || (asset !== null && dated.asset !== asset)) continue;
    const { next, acknowledged } = state;
    if (next === null && !all) continue;
    rows.push({ ...dated, next, acknowledged, overdue: hasEnded(dated.due, at) });
  }
  return pageOf(rows, ({ due, kind, subject }) => `${due.at}#${kind}#${subject}`, page);
}

/** What is theirs, or of an asset of theirs; everything for who decides for others, looks over it or keeps it running. */
function seesDated({ caller, appetite }: Listing): (dated: Dated) => boolean {
  if (seesEverything(caller)) return () => true;
  const person = caller.person === null ? null : personNamed(appetite, caller.person);
  if (person === null) return () => false;
  return (dated) => {
    const owner = appetite.assets.find(({ id }) => id === dated.asset)?.owner;
    if (owner !== undefined && isOwner(person, owner)) return true;
    return recipientsOf(dated, { overdue: true }, appetite).some(({ name }) => name === person.name);
  };
}
