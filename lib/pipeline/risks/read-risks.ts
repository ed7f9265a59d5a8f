/** Reads the risk register: all of it or what is asked for, as it is or as it was at an instant. */
import {
  PLACED_PREFIX,
  RISK_ASSETS_PARTITION,
  RISK_CHANGE_PREFIX,
  riskChangesUntil,
  riskListPartitions,
  riskPartition,
} from '../../core/register/risk-keys.ts';
import { foldChanges, readChange, type RiskChange } from '../../core/risks/change.ts';
import { type PlacedRisk, readPlacedRisk } from '../../core/risks/placed-risk.ts';
import { readRisk, type Risk } from '../../core/risks/risk.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';

/** Histories read at the same time. */
const AT_ONCE = 16;

/** Changes read together; the first one of a month holds the whole state. */
const CHANGES_AT_ONCE = 25;

export interface RisksPage {
  readonly risks: readonly Risk[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

/** The assets that have risks, in order. */
export async function riskAssets(register: RegisterStore): Promise<readonly string[]> {
  const items = await readAll(register, { pk: RISK_ASSETS_PARTITION });
  return items.map(({ body }) => String(body['asset'])).sort();
}

/**
 * A page of the list: eventually consistent, as every list is. May be empty where there are more.
 *
 * @param partitions - of the list, in order
 * @param after - what `next` of the page before said
 */
export async function listPage(
  partitions: readonly string[],
  after: string | null,
  limit: number,
  register: RegisterStore,
): Promise<RisksPage> {
  const [start = '', rest = ''] = after === null ? [partitions[0] ?? ''] : splitCursor(after);
  const place = partitions.indexOf(start);
  if (place < 0) return { risks: [], next: null };
  const query = { pk: start, index: 'board' as const, limit, ...(rest !== '' && { after: rest }) };
  const page = await register.query(query);
  const following = partitions[place + 1];
  const next =
    page.next === null ? (following === undefined ? null : joinCursor(following, '')) : joinCursor(start, page.next);
  return { risks: page.items.map(readRisk), next };
}

export function partitionsOf(assets: readonly string[]): readonly string[] {
  return assets.flatMap(riskListPartitions);
}

/** The risks as they were then; those that came later are left out. */
export async function asOf(risks: readonly Risk[], at: string, register: RegisterStore): Promise<readonly Risk[]> {
  const then: Risk[] = [];
  for (let start = 0; start < risks.length; start += AT_ONCE) {
    const some = risks.slice(start, start + AT_ONCE);
    // What has not changed since then is what it was.
    const read = some.map((risk) => (risk.changedAt <= at ? Promise.resolve(risk) : stateAt(risk.id, at, register)));
    for (const risk of await Promise.all(read)) if (risk !== null) then.push(risk);
  }
  return then;
}

/** What was recorded of a risk by an instant, itself included; null where it was not there yet. */
async function stateAt(id: string, at: string, register: RegisterStore): Promise<Risk | null> {
  const changes: RiskChange[] = [];
  let after: string | null = null;
  do {
    const query = { pk: riskPartition(id), between: riskChangesUntil(at), order: 'descending' as const };
    const page = await register.query({ ...query, limit: CHANGES_AT_ONCE, ...(after !== null && { after }) });
    for (const item of page.items) {
      const change = readChange(item);
      changes.push(change);
      if (change.whole !== null) return foldChanges(changes);
    }
    after = page.next;
  } while (after !== null);
  return null;
}

/** Every change of a risk, the oldest first. */
export async function historyOf(id: string, register: RegisterStore): Promise<readonly RiskChange[]> {
  const items = await readAll(register, { pk: riskPartition(id), beginsWith: RISK_CHANGE_PREFIX });
  return items.map(readChange);
}

/** Where it is, and where it was; rows of what it absorbed are its own. */
export async function placementsOfRisk(
  { id, absorbed }: Pick<Risk, 'id' | 'absorbed'>,
  register: RegisterStore,
): Promise<readonly PlacedRisk[]> {
  const pages = [id, ...absorbed].map((one) =>
    readAll(register, { pk: riskPartition(one), beginsWith: PLACED_PREFIX, order: 'descending' }),
  );
  return (await Promise.all(pages)).flat().map(readPlacedRisk);
}

function joinCursor(partition: string, after: string): string {
  return JSON.stringify([partition, after]);
}

function splitCursor(cursor: string): readonly string[] {
  try {
    const parts: unknown = JSON.parse(cursor);
    return Array.isArray(parts) ? parts.map(String) : [];
  } catch {
    return [];
  }
}
