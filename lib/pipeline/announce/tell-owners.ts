/**
 * Tells the owners of images, and who else wants to hear of them, what a round came to, through every channel of a laptop.
 *
 * Each by themselves: one who can't be reached keeps nobody else from being told, and who was told is not
 * told again when that one is tried again.
 */
import type { ChangedVerdict } from '../../core/again/changed-verdict.ts';
import { causeNotice } from '../../core/notices/cause-notice.ts';
import type { Notice } from '../../core/notices/notice.ts';
import type { ToldReaders, ToldRound } from '../judge-again/tell-cause.ts';
import type { Follower } from '../subscribers/read-subscribers.ts';
import { oneByOne } from '../work/one-by-one.ts';
import { entriesByReader } from './copies.ts';
import { type Channels, tellChannels } from './tell-channels.ts';
import type { Sending } from './tell-topic.ts';

interface Owners extends Channels {
  readonly fallbackOwner: string;
  readonly followers: readonly Follower[];
  readonly onTold: (notice: Notice, outcome: Sending['outcome']) => void;
}

/** @throws what a channel throws, once everybody else is told */
export async function tellOwners(
  entries: readonly ChangedVerdict[],
  round: ToldRound,
  mustBeSaid: boolean,
  { fallbackOwner, followers, onTold, ...channels }: Owners,
): Promise<ToldReaders> {
  const byReader = new Map(entriesByReader(entries, followers));
  if (byReader.size === 0 && mustBeSaid) byReader.set(fallbackOwner, []);
  let notices = 0;
  await oneByOne(byReader, async ([to, owned]) => {
    const notice = causeNotice({ ...round, entries: owned, to });
    const { outcome } = await tellChannels(notice, channels);
    if (outcome !== 'held') notices += 1;
    onTold(notice, outcome);
  });
  return { notices };
}
