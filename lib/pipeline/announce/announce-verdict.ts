/**
 * Delivers the notice that a verdict owes to every channel of a laptop, to whose it is and to who else wants it; a
 * channel that refuses leaves it owed.
 */
import { addressedOf } from '../../core/notices/addressed.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { roundUpEntry } from '../../core/notices/round-up.ts';
import { verdictNotice } from '../../core/notices/verdict-notice.ts';
import type { Work } from '../ports/work-queue.ts';
import type { Follower } from '../subscribers/read-subscribers.ts';
import { copiesOf } from './copies.ts';
import { type ReadingOwed, readOwed } from './read-owed.ts';
import { type Channels, tellChannels } from './tell-channels.ts';
import type { Sending } from './tell-topic.ts';

interface Dependencies extends ReadingOwed, Channels {
  readonly followers: readonly Follower[];
}

export async function announceVerdict(
  work: Work,
  dependencies: Dependencies,
): Promise<{ readonly notice: Notice; readonly outcome: Sending['outcome'] }> {
  const owed = await readOwed(work, dependencies);
  const notice = verdictNotice(owed);
  const about = { assessment: owed.id, entry: roundUpEntry(owed, notice.id) };
  const { outcome } = await tellChannels(notice, dependencies, about);
  const addressed = addressedOf(owed.assessment, { kind: notice.kind, owner: notice.to });
  for (const copy of copiesOf(notice, addressed, dependencies.followers)) {
    await tellChannels(copy, dependencies, { ...about, entry: roundUpEntry(owed, copy.id) });
  }
  return { notice, outcome };
}
