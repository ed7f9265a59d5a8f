/** Delivers the notice that a verdict owes to every channel of a laptop; a channel that refuses leaves it owed. */
import type { Notice } from '../../core/notices/notice.ts';
import { roundUpEntry } from '../../core/notices/round-up.ts';
import { verdictNotice } from '../../core/notices/verdict-notice.ts';
import type { Work } from '../ports/work-queue.ts';
import { type ReadingOwed, readOwed } from './read-owed.ts';
import { type Channels, tellChannels } from './tell-channels.ts';
import type { Sending } from './tell-topic.ts';

type Dependencies = ReadingOwed & Channels;

export async function announceVerdict(
  work: Work,
  dependencies: Dependencies,
): Promise<{ readonly notice: Notice; readonly outcome: Sending['outcome'] }> {
  const owed = await readOwed(work, dependencies);
  const notice = verdictNotice(owed);
  const about = { assessment: owed.id, entry: roundUpEntry(owed, notice.id) };
  const { outcome } = await tellChannels(notice, dependencies, about);
  return { notice, outcome };
}
