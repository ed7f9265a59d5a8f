/** What people are told of the feeds whose change is the cause. */
import type { HeldFeed } from '../../core/advisories/feed.ts';
import type { FeedChange } from '../../core/again/cause.ts';
import type { ToldFeed } from '../../core/again/round.ts';
import { isCavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Versions } from '../ports/intelligence.ts';

type ToldVersion = ToldFeed['after'];

export async function toldFeedsOf(
  changes: readonly FeedChange[],
  versions: Pick<Versions, 'version'>,
): Promise<readonly ToldFeed[]> {
  const told: ToldFeed[] = [];
  // Of a feed that changed more than once the first is since people were last told.
  const first = changes.filter(({ id }, at) => changes.findIndex((change) => change.id === id) === at);
  for (const { id, kind, before, after } of first) {
    const was = before === null ? null : await keptVersion(before, versions);
    told.push({ id, kind, before: was && toldVersion(was), after: toldVersion(await versions.version(after)) });
  }
  return told;
}

/** Null where it has expired. */
async function keptVersion(hash: Digest, versions: Pick<Versions, 'version'>): Promise<HeldFeed | null> {
  try {
    return await versions.version(hash);
  } catch (error) {
    if (!isCavendishError(error, 'not-found')) throw error;
    return null;
  }
}

function toldVersion({ feed: { date, count, modelVersion } }: HeldFeed): ToldVersion {
  return { date, count, model: modelVersion };
}
