/** Risks as items: what is read of one, and what a change of one puts. */
import { CavendishError } from '../../core/errors/error.ts';
import { PLACED_PREFIX, riskChangeKey, riskKey, riskListKey, riskPartition } from '../../core/register/risk-keys.ts';
import type { Changed } from '../../core/risks/change.ts';
import { readPlacedRisk } from '../../core/risks/placed-risk.ts';
import { readRisk, type Risk } from '../../core/risks/risk.ts';
import type { Commit, Item, OutboxEntry, Put, RegisterStore } from '../ports/register-store.ts';
import { remindersEntry } from '../reminders/reminders-entry.ts';

export interface StoredRisk {
  readonly risk: Risk;
  readonly version: number;
}

/** Rows looked at together: what came last is found first, and mostly it is there still. */
const ROWS_AT_ONCE = 50;

/** Merges that are followed from one risk to the next. */
const MOST_MERGES = 50;

export async function readStoredRisk(id: string, register: RegisterStore): Promise<StoredRisk | null> {
  const item = await register.get(riskKey(id));
  return item === null ? null : { risk: readRisk(item), version: item.version };
}

/** The risk that one has become: itself, or the older one that it was merged into. */
export async function readRootRisk(id: string, register: RegisterStore): Promise<StoredRisk> {
  let next = id;
  for (let merges = 0; merges < MOST_MERGES; merges += 1) {
    const stored = await readStoredRisk(next, register);
    if (stored === null) throw new CavendishError('integrity-failed', `the risk ${next} is not in the register`);
    if (stored.risk.mergedInto === null) return stored;
    next = stored.risk.mergedInto;
  }
  throw new CavendishError('integrity-failed', `the risk ${id} was merged in a circle`);
}

/** @param version - of the item that was read; null where it is new */
export function riskPut({ risk }: Changed, version: number | null): Put {
  const item = { ...riskKey(risk.id), body: { ...risk }, indexes: { board: riskListKey(risk.asset, risk.id) } };
  return { item, when: version === null ? 'absent' : { version } };
}

export function changeItem({ risk, change }: Changed): Item {
  return { ...riskChangeKey(risk.id, change.at, risk.changes), body: { ...change } };
}

/** What is to be done of a risk's due date that a change may have moved, ended or begun. */
export function remindersEntries(before: Risk | null, { risk }: Changed): readonly OutboxEntry[] {
  const isDated = [before, risk].some((one) => one?.treatment.kind === 'mitigate');
  return isDated ? [remindersEntry('risk', risk.id, risk.changes)] : [];
}

/** A change that is on its way, with the work that follows from it. */
export function changeWrites(before: Risk, after: Changed, version: number): Required<Commit> {
  return { puts: [riskPut(after, version)], history: [changeItem(after)], outbox: remindersEntries(before, after) };
}

/** Whether any placement has it, as far as rows say. Rows of what it absorbed are its own. */
export async function isPlaced({ id, absorbed }: Pick<Risk, 'id' | 'absorbed'>, register: RegisterStore) {
  for (const one of [id, ...absorbed]) {
    let after: string | null = null;
    do {
      const query = { pk: riskPartition(one), beginsWith: PLACED_PREFIX, order: 'descending' as const };
      const page = await register.query({ ...query, limit: ROWS_AT_ONCE, ...(after !== null && { after }) });
      if (page.items.some((item) => readPlacedRisk(item).cleared === null)) return true;
      after = page.next;
    } while (after !== null);
  }
  return false;
}
