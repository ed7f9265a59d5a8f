/** What is missing, too old, or from the future among the feeds that are held: gaps, for a stage at an instant. */
import { type Feed, FEED_KINDS, type FeedKind, type HeldFeed } from '../advisories/feed.ts';
import { feedsOfKind } from '../register/read-records.ts';
import type { Gap } from '../sbom/gap.ts';
import { counted } from '../text/plain.ts';
import type { StagePolicy } from './appetite.ts';
import { DAY } from './subject.ts';

const NAMES: Readonly<Record<FeedKind, string>> = {
  advisories: 'advisories',
  cve: 'CVE records',
  kev: 'known exploited vulnerabilities (KEV)',
  epss: 'EPSS scores',
};

/**
 * Of CVE records, KEV and EPSS the newest feed counts. Advisories come from many sources: each feed that
 * answers for packages has an age of its own ("not affected" rests on it); one that answers for none
 * can only add findings, and may be of any age.
 */
export function feedGaps(
  feeds: readonly HeldFeed[],
  { maxAgeDays }: Pick<StagePolicy, 'maxAgeDays'>,
  at: string,
): readonly Gap[] {
  return FEED_KINDS.flatMap((kind) => {
    const held = feedsOfKind(feeds, kind);
    const [newest] = held;
    if (newest === undefined) return [missing(kind)];
    const limit = maxAgeDays[kind];
    const counting = kind === 'advisories' ? held : [newest];
    return counting.flatMap((feed) => {
      if (Date.parse(feed.date) > Date.parse(at)) return [future(feed, at)];
      const answers = kind !== 'advisories' || feed.completeFor.length > 0;
      return limit !== undefined && answers && ageOf(feed, at) > limit ? [stale(feed, at, limit)] : [];
    });
  });
}

function missing(kind: FeedKind): Gap {
  return { kind: 'feed-missing', subject: kind, message: `no ${NAMES[kind]} are held` };
}

function future(feed: Feed, at: string): Gap {
  const { kind, id, date } = feed;
  const message = `the ${NAMES[kind]} of the feed ${id} are dated ${minute(date)}, after the instant of judgement, ${minute(at)}`;
  return { kind: 'feed-future', subject: subjectOf(feed), message };
}

function stale(feed: Feed, at: string, limit: number): Gap {
  const { kind, id, date } = feed;
  const age = counted(Math.floor(ageOf(feed, at)), 'day');
  const message = `the ${NAMES[kind]} of the feed ${id} are of ${date.slice(0, 10)}, ${age} old; the stage allows ${counted(limit, 'day')}`;
  return { kind: 'feed-stale', subject: subjectOf(feed), message };
}

/** In days, and parts of one. */
function ageOf({ date }: Feed, at: string): number {
  return (Date.parse(at) - Date.parse(date)) / DAY;
}

/** Stable: a newer version of the same feed is about the same. */
function subjectOf({ kind, id }: Feed): string {
  return kind === 'advisories' ? id : kind;
}

/** `2026-11-23 00:00 UTC` */
function minute(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}
