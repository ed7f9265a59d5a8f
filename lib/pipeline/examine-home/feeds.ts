/** Is the intelligence there, and fresh enough for the strictest stage of the appetite? */
import { FEED_KINDS, type FeedKind, type HeldFeed } from '../../core/advisories/feed.ts';
import type { Appetite } from '../../core/appetite/appetite.ts';
import { STAGES } from '../../core/image/stage.ts';
import { counted } from '../../core/text/plain.ts';
import { ill, type Look, well } from './check.ts';

const DAY = 86_400_000;

export function lookAtFeeds(feeds: readonly HeldFeed[], appetite: Appetite, now: Date): Look {
  const faults = FEED_KINDS.flatMap((kind) => faultsOf(kind, feeds, appetite, now));
  if (faults.length > 0) return ill(faults.join('; '), 'Take a newer snapshot in: cavendish feeds import PATH…');
  return well(`${counted(feeds.length, 'feed')} held, fresh enough for every stage`);
}

function faultsOf(kind: FeedKind, feeds: readonly HeldFeed[], appetite: Appetite, now: Date): readonly string[] {
  const held = feeds.map(({ feed }) => feed).filter((feed) => feed.kind === kind);
  if (held.length === 0) return [`no ${kind} feed is held: every verdict is unknown`];
  if (kind === 'advisories' && held.every(({ completeFor }) => completeFor.length === 0)) {
    return ['no advisories feed answers for anything (import it with --complete): every verdict is unknown'];
  }
  const { days, stage } = strictest(kind, appetite);
  if (days === undefined) return [];
  // Advisories come from many sources, each answering for its own; of the other kinds the newest counts.
  const newest = held.toSorted((a, b) => Date.parse(b.date) - Date.parse(a.date)).slice(0, 1);
  const counting = kind === 'advisories' ? held.filter(({ completeFor }) => completeFor.length > 0) : newest;
  return counting.flatMap(({ id, date }) => {
    const age = (now.getTime() - Date.parse(date)) / DAY;
    if (age < 0) return [`${id} is dated in the future: ${date}`];
    if (age <= days) return [];
    return [`${id} is ${counted(Math.floor(age), 'day')} old; ${stage} allows ${counted(days, 'day')}`];
  });
}

/** The stage that allows the least age; days undefined where every stage takes any. */
function strictest(kind: FeedKind, { stages }: Appetite) {
  const limits = STAGES.flatMap((stage) => {
    const days = stages[stage].maxAgeDays[kind];
    return days === undefined ? [] : [{ stage, days }];
  });
  const [least] = limits.toSorted((a, b) => a.days - b.days);
  return least ?? { stage: null, days: undefined };
}
