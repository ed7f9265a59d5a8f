/** Makes prepared feeds the held versions, all at once: what was read is still what is held, or nothing changes. */
import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
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
    });
  } catch (error) {
    if (!isCavendishError(error, 'conflict')) throw error;
    throw new CavendishError('conflict', 'another import changed the feeds while this one was read', {
      next: 'Run it again: nothing of it was taken in.',
      cause: error,
    });
  }
}
