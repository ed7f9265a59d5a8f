/** Clears the rows of what a placement no longer has, and closes risks that no placement has any more. */
import { placedRiskKey, riskLookupKey } from '../../core/register/risk-keys.ts';
import { readPlacedRisk } from '../../core/risks/placed-risk.ts';
import type { Closed } from '../../core/risks/risk.ts';
import { closedRisk, reopened } from '../../core/risks/transitions.ts';
import { replace } from '../record-assessment/current-items.ts';
import type { ToClear } from './fold-plan.ts';
import { changeWrites, isPlaced, readRootRisk, readStoredRisk, type StoredRisk } from './risk-items.ts';
import type { Writing } from './set-risks.ts';

export async function clearRisks(all: readonly ToClear[], writing: Writing): Promise<void> {
  const cleared: { readonly id: string; readonly one: ToClear }[] = [];
  for (const one of all) {
    const stored = await findRisk(one, writing);
    if (stored === null || cleared.some(({ id }) => id === stored.risk.id)) continue;
    await clearRow(stored, one, writing);
    cleared.push({ id: stored.risk.id, one });
  }
  if (cleared.length > 0) await writing.fence.flush();
  for (const { id, one } of cleared) await closeIfGone(id, one, writing);
}

async function findRisk({ seen }: ToClear, { register }: Writing): Promise<StoredRisk | null> {
  const lookup = await register.get(riskLookupKey(seen.subject, seen.vulnerability));
  return lookup === null ? null : await readRootRisk(String(lookup.body['risk']), register);
}

async function clearRow({ risk }: StoredRisk, { cleared }: ToClear, writing: Writing): Promise<void> {
  const { register, fence, placement, stage, since, now } = writing;
  const at = now().toISOString();
  for (const id of [risk.id, ...risk.absorbed]) {
    const key = placedRiskKey(id, since, placement, stage);
    const row = await register.get(key);
    if (row === null) continue;
    const placed = readPlacedRisk(row);
    if (placed.cleared !== null) continue;
    await fence.add({
      puts: [replace(row, { ...key, body: { ...placed, cleared: { ...cleared, at } } })],
      history: [],
    });
  }
}

/** What the clearing of the last row proves; a row that came meanwhile takes it back. */
async function closeIfGone(id: string, { seen, cleared }: ToClear, writing: Writing): Promise<void> {
  const { register, fence, placement, now } = writing;
  const stored = await readStoredRisk(id, register);
  if (stored?.risk.state !== 'open' || (await isPlaced(stored.risk, register))) return;
  const at = now().toISOString();
  const closed: Closed = { ...cleared, at, placement, by: null };
  const closing = closedRisk(stored.risk, closed, seen.scores.at);
  if (closing === null) return;
  await fence.add(changeWrites(stored.risk, closing, stored.version));
  await fence.flush();
  if (!(await isPlaced(closing.risk, register))) return;
  const back = reopened(closing.risk, closing.risk, { at });
  await fence.add(changeWrites(closing.risk, back, stored.version + 1));
  await fence.flush();
}
