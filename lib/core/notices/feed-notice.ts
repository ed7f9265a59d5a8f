/** What the operator is told of feeds that are too old, and the events that programs are. */
import type { StaleFeed } from '../appetite/stale-feeds.ts';
import type { OutEvent } from '../events/out-event.ts';
import { counted } from '../text/plain.ts';
import { step } from './letter.ts';
import type { Notice } from './notice.ts';
import { operatorNotice } from './operator-notice.ts';

/** @param feeds - one or more */
export function feedNotice(feeds: readonly StaleFeed[], at: string): Notice {
  return operatorNotice({
    kind: 'feed-stale',
    at,
    headline: `${counted(feeds.length, 'feed')} too old: images that need ${feeds.length === 1 ? 'it' : 'them'} are unknown`,
    matters: feeds.map(
      ({ feed: { id, kind, date }, ageDays, allowedDays }) =>
        `${id} (${kind}) is of ${date.slice(0, 10)}, ${counted(ageDays, 'day')} old; the strictest stage allows ${counted(allowedDays, 'day')}`,
    ),
    next: [
      step('bring newer ones', 'cavendish feeds import PATH --home aws:STACK'),
      step('see what is held', 'cavendish feeds --home aws:STACK'),
    ],
  });
}

export function feedEvent({ feed, hash, ageDays, allowedDays, step }: StaleFeed, at: string): OutEvent {
  return {
    type: 'Feed Stale',
    detail: {
      id: `feed-stale#${feed.id}#${hash}#${step}`,
      schemaVersion: 1,
      ...{ at, feed: feed.id, kind: feed.kind, date: feed.date, ageDays, allowedDays },
    },
  };
}
