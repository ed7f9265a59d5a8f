/**
 * The intelligence of an earlier instant: of each feed the newest version that was dated by then, as long as
 * it is kept.
 *
 * What is dated later would be a gap to whoever judges as of then; where no earlier version is kept, it is.
 */
import type { HeldFeed } from '../../core/advisories/feed.ts';
import { isCavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Versions } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readHistory } from './feed-items.ts';

/** @param at - ISO 8601 */
export function intelligenceAsOf(at: string, versions: Versions, register: RegisterStore): Versions {
  const isKnown = (date: string): boolean => Date.parse(date) <= Date.parse(at);

  async function earlier({ feed: { id } }: HeldFeed): Promise<HeldFeed | null> {
    const past = await readHistory(register, id);
    const known = past.filter(({ date }) => isKnown(date)).sort((a, b) => Date.parse(b.date) - Date.parse(a.date));
    for (const { hash } of known) {
      const kept = await keptVersion(hash, versions);
      if (kept !== null) return kept;
    }
    return null;
  }

  return {
    ...versions,
    async feeds() {
      const held = await versions.feeds();
      return await Promise.all(
        held.map(async (current) => (isKnown(current.feed.date) ? current : ((await earlier(current)) ?? current))),
      );
    },
  };
}

/** Null where it has expired. */
async function keptVersion(hash: Digest, versions: Versions): Promise<HeldFeed | null> {
  try {
    return await versions.version(hash);
  } catch (error) {
    if (!isCavendishError(error, 'not-found')) throw error;
    return null;
  }
}
