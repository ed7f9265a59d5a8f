/** Tells the owners of images what a round came to, through every channel of a laptop. */
import type { ChangedVerdict } from '../../core/again/changed-verdict.ts';
import { causeNotice } from '../../core/notices/cause-notice.ts';
import type { Notice } from '../../core/notices/notice.ts';
import type { ToldReaders, ToldRound } from '../judge-again/tell-cause.ts';
import type { Notifier } from '../ports/notifier.ts';

interface Owners {
  readonly notifiers: readonly Notifier[];
  readonly fallbackOwner: string;
  readonly onTold: (notice: Notice) => void;
}

export async function tellOwners(
  entries: readonly ChangedVerdict[],
  round: ToldRound,
  mustBeSaid: boolean,
  { notifiers, fallbackOwner, onTold }: Owners,
): Promise<ToldReaders> {
  const byOwner = Map.groupBy(entries, ({ owner }) => owner);
  if (byOwner.size === 0 && mustBeSaid) byOwner.set(fallbackOwner, []);
  for (const [to, owned] of byOwner) {
    const notice = causeNotice({ ...round, entries: owned, to });
    for (const notifier of notifiers) await notifier.deliver(notice);
    onTold(notice);
  }
  return { notices: byOwner.size };
}
