/**
 * Takes the feeds that changed since the last round of feeds together, so that a new day of all of them is
 * one round and one notice a reader. Whose change another plan took along has nothing left to plan.
 */
import type { Cause, FeedChange } from '../../core/again/cause.ts';
import type { Digest } from '../../core/image/digest.ts';
import { plannedFeedsKey } from '../../core/register/index-keys.ts';
import type { Clock } from '../ports/clock.ts';
import { replace } from '../record-assessment/current-items.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { NotYet } from '../work/run-work.ts';
import type { Searching } from './candidates.ts';
import { planEntry } from './plan-entry.ts';

export type FeedsCause = Extract<Cause, { kind: 'feeds' }>;

export interface Settling extends Searching {
  readonly now: Clock;
  /**
   * How long feeds that change one after the other are waited for.
   *
   * @default 0
   */
  readonly settleSeconds?: number;
}

/**
 * @returns the cause of the round, whose plan is left as work; null where nothing has changed since the last one
 * @throws NotYet where others may follow
 */
export async function gatherChanges(
  cause: FeedsCause,
  { register, intelligence, now, settleSeconds = 0 }: Settling,
): Promise<FeedsCause | null> {
  const settled = new Date(Date.parse(cause.at) + settleSeconds * 1000);
  if (now() < settled) throw new NotYet(settled);
  return await untilNoConflict(async () => {
    const stored = await register.get(plannedFeedsKey());
    const planned = (stored?.body['hashes'] ?? {}) as Readonly<Record<string, Digest>>;
    const held = await intelligence.feeds();
    const changes = held.flatMap(({ feed: { id, kind }, hash }): FeedChange[] => {
      const before = Object.hasOwn(planned, id) ? (planned[id] ?? null) : beforeIn(cause, id);
      return [...new Set([before, passingIn(cause, id)])]
        .filter((version) => version !== undefined && version !== hash)
        .map((version) => ({ id, kind, before: version ?? null, after: hash }));
    });
    if (changes.length === 0) return null;
    const round: FeedsCause = { kind: 'feeds', at: now().toISOString(), changes, gathered: true };
    const hashes = Object.fromEntries(held.map(({ feed, hash }) => [feed.id, hash]));
    const item = { ...plannedFeedsKey(), body: { hashes } };
    await register.commit({ puts: [replace(stored, item)], outbox: [planEntry(round)] });
    return round;
  });
}

/**
 * The version that the cause brought: where another is held by now, verdicts may rest on it that differ from
 * both, and be it that its successor is the same as what was there before it.
 */
function passingIn({ changes }: FeedsCause, id: string): Digest | undefined {
  return changes.find((change) => change.id === id)?.after;
}

/** What the cause says was held before; null where it says nothing of that feed, as if nothing had been. */
function beforeIn({ changes }: FeedsCause, id: string): Digest | null {
  return changes.find((change) => change.id === id)?.before ?? null;
}
