/** What comes due, and when people hear of it next. A list is for people: of what was never looked at it knows nothing. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { isOwner, personNamed } from '../../core/appetite/people.ts';
import type { Caller } from '../../core/people/caller.ts';
import { seesEverything } from '../../core/people/sees.ts';
import type { Dated } from '../../core/reminders/dated.ts';
import { recipientsOf } from '../../core/reminders/recipients.ts';
import { type ReminderState, settledState } from '../../core/reminders/reminder-state.ts';
import { hasEnded } from '../../core/time/end.ts';
import type { Paging, Rows } from '../operations/page.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readDated } from './read-dated.ts';
import { readLadders } from './read-ladders.ts';

export interface ListedReminder extends Dated, Pick<ReminderState, 'next' | 'acknowledged'> {
  /** Its day is past. */
  readonly overdue: boolean;
}

export interface Listing {
  readonly register: RegisterStore;
  readonly caller: Caller;
  readonly at: string;
  readonly appetite: Appetite;
}

/**
 * In the order of their dates.
 *
 * @param all - also what people want to hear no more of
 * @param mine - only what the caller is told of before it is overdue
 */
export async function listReminders(
  { all, mine, asset }: { readonly all: boolean; readonly mine: boolean; readonly asset: string | null },
  page: Paging,
  listing: Listing,
): Promise<Rows<ListedReminder>> {
  const { register, appetite, at } = listing;
  const sees = seesDated(listing);
  const fits = (row: ListedReminder): boolean =>
    sees(row) && (!mine || isTold(row, listing)) && (asset === null || row.asset === asset);
  const states = (await readLadders(register))
    .filter(({ next }) => all || next !== null)
    .map((state) => ({ state, key: keyOf(state) }))
    .filter(({ key }) => page.after === null || key > page.after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const rows: ListedReminder[] = [];
  let seen = 0;
  while (seen < states.length && rows.length < page.limit) {
    const some = states.slice(seen, seen + Math.min(AT_ONCE, page.limit - rows.length));
    seen += some.length;
    const read = await Promise.all(some.map(async ({ state }) => await listed(state)));
    rows.push(...read.filter((row) => row !== null).filter(fits));
  }
  return { rows, next: seen < states.length ? (states[seen - 1]?.key ?? null) : null };

  /** Null where it was dealt with, and its ladder not looked at since. */
  async function listed(was: ReminderState): Promise<ListedReminder | null> {
    const dated = await readDated(was, listing);
    const state = settledState(dated, was, appetite.reminders);
    if (dated === null || state === null || (state.next === null && !all)) return null;
    const { next, acknowledged } = state;
    return { ...dated, next, acknowledged, overdue: hasEnded(dated.due, at) };
  }
}

/** Ladders whose subjects are read at the same time. */
const AT_ONCE = 50;

function keyOf({ due, kind, subject }: Pick<ReminderState, 'due' | 'kind' | 'subject'>): string {
  return `${due.at}#${kind}#${subject}`;
}

/** What is theirs, or of an asset of theirs; everything for who decides for others, looks over it or keeps it running. */
export function seesDated({ caller, appetite }: Listing): (dated: Dated) => boolean {
  if (seesEverything(caller)) return () => true;
  const person = caller.person === null ? null : personNamed(appetite, caller.person);
  if (person === null) return () => false;
  return (dated) => {
    const owner = appetite.assets.find(({ id }) => id === dated.asset)?.owner;
    if (owner !== undefined && isOwner(person, owner)) return true;
    return recipientsOf(dated, { overdue: true }, appetite).some(({ name }) => name === person.name);
  };
}

function isTold(dated: Dated, { caller, appetite }: Listing): boolean {
  return recipientsOf(dated, { overdue: false }, appetite).some(({ name }) => name === caller.person);
}
