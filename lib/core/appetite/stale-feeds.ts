/**
 * Which feeds are too old for the strictest stage: what is told to the operator before every image that
 * rests on them is unknown.
 */
import { FEED_KINDS, type HeldFeed } from '../advisories/feed.ts';
import { feedsOfKind } from '../register/read-records.ts';
import type { Appetite } from './appetite.ts';
import { DAY } from './subject.ts';

export interface StaleFeed extends HeldFeed {
  /** Whole days. */
  readonly ageDays: number;
  /** The greatest age that the strictest stage allows. */
  readonly allowedDays: number;
  /** 0 when it becomes too old, one more 1, 3, 7, 15, … days later: people are told at each step. */
  readonly step: number;
}

/** Of CVE records, KEV and EPSS the newest feed counts, as in a judgement; of advisories each feed does. */
export function staleFeeds(
  feeds: readonly HeldFeed[],
  { stages }: Pick<Appetite, 'stages'>,
  at: Date,
): readonly StaleFeed[] {
  return FEED_KINDS.flatMap((kind) => {
    const allowedDays = Math.min(
      ...Object.values(stages).map(({ maxAgeDays }) => maxAgeDays[kind] ?? Number.POSITIVE_INFINITY),
    );
    const ofKind = feedsOfKind(feeds, kind);
    const counting = kind === 'advisories' ? ofKind : ofKind.slice(0, 1);
    return counting.flatMap(({ id }) => {
      const held = feeds.find(({ feed }) => feed.id === id);
      if (held === undefined) return [];
      const age = (at.getTime() - Date.parse(held.feed.date)) / DAY;
      if (age <= allowedDays) return [];
      const step = Math.floor(Math.log2(age - allowedDays + 1));
      return [{ ...held, ageDays: Math.floor(age), allowedDays, step }];
    });
  });
}
