/**
 * Makes prepared feeds the held versions, all at once: what was read is still what is held, or nothing
 * changes. The same commit leaves the work of judging again what the change touches.
 */
import type { FeedChange } from '../../core/again/cause.ts';
import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import { planEntry } from '../judge-again/plan-entry.ts';
import type { Put, RegisterStore } from '../ports/register-store.ts';
import { historyOf, pointTo } from './feed-items.ts';
import type { PreparedFeed } from './prepare-feed.ts';

/**
 * @param at - ISO 8601
 * @param beside - what is put in the same commit
 * @throws CavendishError `conflict` where somebody else was faster
 */
export async function holdFeeds(
  prepared: readonly Pick<PreparedFeed, 'feed' | 'hash' | 'pointer' | 'outcome'>[],
  at: string,
  register: RegisterStore,
  beside: readonly Put[] = [],
): Promise<void> {
  const changed = prepared.filter(({ outcome }) => outcome !== 'unchanged');
  try {
    await register.commit({
      puts: [...changed.map((one) => pointTo(one, one.pointer, at)), ...beside],
      history: changed.map((one) => historyOf(one, one.pointer, at)),
      outbox: changed.length === 0 ? [] : [planEntry({ kind: 'feeds', at, changes: changed.map(changeOf) })],
    });
  } catch (error) {
    if (!isCavendishError(error, 'conflict')) throw error;
    throw new CavendishError('conflict', 'another import changed the feeds while this one was read', {
      next: 'Run it again: nothing of it was taken in.',
      cause: error,
    });
  }
}

function changeOf({ feed: { id, kind }, hash, pointer }: Pick<PreparedFeed, 'feed' | 'hash' | 'pointer'>): FeedChange {
  return { id, kind, before: pointer?.hash ?? null, after: hash };
}
