/** Gives the findings of a placement their rows: each finds its risk, opens one, or shows that two are one. */
import type { Placement } from '../../core/image/placement.ts';
import type { Stage } from '../../core/image/stage.ts';
import { placedRiskKey, riskAssetKey, riskLookupKey } from '../../core/register/risk-keys.ts';
import { type PlacedRisk, readPlacedRisk } from '../../core/risks/placed-risk.ts';
import type { Risk } from '../../core/risks/risk.ts';
import type { Seen } from '../../core/risks/seen.ts';
import { merged, opened, sawRisk } from '../../core/risks/transitions.ts';
import type { Put, RegisterStore, StoredItem } from '../ports/register-store.ts';
import { replace } from '../record-assessment/current-items.ts';
import type { Fence, Writes } from './fence.ts';
import type { Folding, ToSet } from './fold-plan.ts';
import { changeItem, changeWrites, readRootRisk, readStoredRisk, riskPut, type StoredRisk } from './risk-items.ts';

export interface Writing extends Folding {
  readonly fence: Fence;
  readonly placement: Placement;
  readonly stage: Stage;
  readonly since: string;
}

/** Names of one vulnerability that find it; real ones have a handful. */
const MOST_NAMES = 20;

interface Lookup {
  readonly name: string;
  readonly stored: StoredItem | null;
}

export async function setRisks(all: readonly ToSet[], writing: Writing): Promise<void> {
  const { fence, register } = writing;
  let known: { readonly id: string; readonly seen: Seen }[] = [];
  let names = new Set<string>();
  const assets = new Set<string>();
  const settle = async (): Promise<void> => {
    await fence.flush();
    for (const { id, seen } of known) await seeRisk(id, seen, writing);
    known = [];
    names = new Set();
  };
  for (const one of all) {
    const { seen } = one;
    const keys = namesOf(seen).map((name) => JSON.stringify([seen.subject, name]));
    // What the commit under way opens is not found yet.
    if (keys.some((key) => names.has(key)) || names.size > MOST_NAMES * 2) await settle();
    for (const key of keys) names.add(key);
    if (!assets.has(seen.subject.asset)) {
      assets.add(seen.subject.asset);
      await fence.add(await assetWrites(seen.subject.asset, register));
    }
    const found = await findRisks(seen, register);
    const [risk, ...others] = found.risks;
    if (risk === undefined) await fence.add(await openWrites(one, found.lookups, writing));
    else {
      // Two findings may lead to one risk, and a row is put once in a commit.
      if (others.length > 0 || known.some(({ id }) => id === risk.risk.id)) await settle();
      const id = others.length === 0 ? risk.risk.id : await mergeAll(found.risks, writing);
      await fence.add(await rowWrites(id, risk.risk.absorbed, one, found.lookups, writing));
      known.push({ id, seen });
    }
  }
  if (all.length > 0) await settle();
}

function namesOf({ vulnerability, aliases }: Seen): readonly string[] {
  return [...new Set([vulnerability, ...aliases])].slice(0, MOST_NAMES);
}

/** The risks that its names lead to, the oldest first. */
async function findRisks(seen: Seen, register: RegisterStore) {
  const lookups = await Promise.all(
    namesOf(seen).map(async (name) => ({ name, stored: await register.get(riskLookupKey(seen.subject, name)) })),
  );
  const ids = new Set(lookups.flatMap(({ stored }) => (stored === null ? [] : [String(stored.body['risk'])])));
  const roots = new Map<string, StoredRisk>();
  for (const id of ids) {
    const root = await readRootRisk(id, register);
    roots.set(root.risk.id, root);
  }
  const risks = [...roots.values()].sort((a, b) => (a.risk.id < b.risk.id ? -1 : 1));
  return { lookups, risks };
}

async function assetWrites(asset: string, register: RegisterStore): Promise<Writes> {
  const key = riskAssetKey(asset);
  if ((await register.get(key)) !== null) return { puts: [], history: [] };
  return { puts: [], history: [{ ...key, body: { asset } }] };
}

async function openWrites(one: ToSet, lookups: readonly Lookup[], writing: Writing): Promise<Writes> {
  const first = opened(one.seen, writing.now().toISOString());
  const row = await rowWrites(first.risk.id, [], one, lookups, writing);
  return { puts: [riskPut(first, null), ...row.puts], history: [changeItem(first)] };
}

/** The row, and the names under which it was not found yet. */
async function rowWrites(
  id: string,
  absorbed: Risk['absorbed'],
  { seen, assessment }: ToSet,
  lookups: readonly Lookup[],
  { register, placement, stage, since }: Writing,
): Promise<Writes> {
  const puts: Put[] = lookups
    .filter(({ stored }) => stored === null)
    .map(({ name }) => ({ item: { ...riskLookupKey(seen.subject, name), body: { risk: id } }, when: 'absent' }));
  const keys = [id, ...absorbed].map((of) => placedRiskKey(of, since, placement, stage));
  const rows = await Promise.all(keys.map((key) => register.get(key)));
  if (rows.some((row) => row !== null && readPlacedRisk(row).cleared === null)) return { puts, history: [] };
  const [key] = keys;
  const body: PlacedRisk = { placement, stage, assessment, cleared: null };
  if (key !== undefined) puts.push(replace(rows[0] ?? null, { ...key, body: { ...body } }));
  return { puts, history: [] };
}

/** @returns the id of the oldest, which has taken in the others */
async function mergeAll(risks: readonly StoredRisk[], { fence, now }: Writing): Promise<string> {
  const [oldest, ...younger] = risks as readonly [StoredRisk, ...StoredRisk[]];
  let { risk, version } = oldest;
  for (const one of younger) {
    const [absorbing, merging] = merged(risk, one.risk, { at: now().toISOString() });
    const [older, other] = [changeWrites(risk, absorbing, version), changeWrites(one.risk, merging, one.version)];
    await fence.add({
      puts: [...older.puts, ...other.puts],
      history: [...older.history, ...other.history],
      outbox: [...older.outbox, ...other.outbox],
    });
    await fence.flush();
    ({ risk } = absorbing);
    version += 1;
  }
  return risk.id;
}

/** Takes in what is new of it, and reopens it where somebody closed it meanwhile. */
async function seeRisk(id: string, seen: Seen, { register, fence, now }: Writing): Promise<void> {
  const stored = await readStoredRisk(id, register);
  if (stored === null || stored.risk.state === 'merged') return;
  const next = sawRisk(stored.risk, seen, { at: now().toISOString() });
  if (next === null) return;
  await fence.add(changeWrites(stored.risk, next, stored.version));
  await fence.flush();
}
