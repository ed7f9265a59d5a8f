/** Puts rows that never change: many, in order, each where it is absent. */
import { LIMITS } from '../ports/register-limits.ts';
import type { Item, Key, OutboxEntry, RegisterStore } from '../ports/register-store.ts';

/** Reads under way at the same time. */
const AT_ONCE = 50;

/** A row with a body; without one it is its key that says everything. */
export type Row = Key & Partial<Pick<Item, 'body'>>;

/**
 * Puts them in their order, a commit after the other: a marker that comes last is never there without the rest.
 *
 * @param outbox - what follows from them, left by the last commit
 */
export async function putRows(
  rows: readonly Row[],
  register: RegisterStore,
  outbox: readonly OutboxEntry[] = [],
): Promise<void> {
  const history = distinct(rows).map(({ pk, sk, body = {} }) => ({ pk, sk, body }));
  const most = LIMITS.itemsPerCommit - outbox.length;
  for (let start = 0; start < history.length; start += most) {
    const last = start + most >= history.length;
    await register.commit({ puts: [], history: history.slice(start, start + most), ...(last && { outbox }) });
  }
}

/** Those that are not there: a read costs less than a put that is refused. */
export async function absentOf(rows: readonly Row[], register: RegisterStore): Promise<readonly Row[]> {
  const absent: Row[] = [];
  const asked = distinct(rows);
  for (let start = 0; start < asked.length; start += AT_ONCE) {
    const some = asked.slice(start, start + AT_ONCE);
    const found = await Promise.all(some.map((row) => register.get(row)));
    absent.push(...some.filter((_, at) => found[at] === null));
  }
  return absent;
}

function distinct(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [`${row.pk}\n${row.sk}`, row])).values()];
}
