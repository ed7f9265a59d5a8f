/** What is missing, too old, or from the future among the feeds that are held: gaps, for a stage at an instant. */
import { FEED_KINDS, type Feed, type FeedKind, type HeldFeed } from '../advisories/feed.ts';
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
 * Of KEV, EPSS and CVE records the newest feed is what counts; advisories come from many sources, and
 * the age of each is a matter of its own.
 */
export function feedGaps(
  feeds: readonly HeldFeed[],
  { maxAgeDays }: Pick<StagePolicy, 'maxAgeDays'>,
  at: string,
): readonly Gap[] {
  return FEED_KINDS.flatMap((kind) => {
    const held = feeds.map(({ feed }) => feed).filter((feed) => feed.kind === kind);
    const [newest] = [...held].sort((a, b) => (a.date < b.date ? 1 : -1));
    if (newest === undefined) return [missing(kind)];
    const counting = kind === 'advisories' ? held : [newest];
    const limit = maxAgeDays[kind];
    return counting.flatMap((feed) => [...future(feed, at), ...(limit === undefined ? [] : stale(feed, at, limit))]);
  });
}

function missing(kind: FeedKind): Gap {
  return { kind: 'feed-missing', subject: kind, message: `no ${NAMES[kind]} are held` };
}

function future({ id, kind, date }: Feed, at: string): readonly Gap[] {
  if (Date.parse(date) <= Date.parse(at)) return [];
  const message = `the ${NAMES[kind]} of the feed ${id} are dated ${day(date)}, after the instant of judgement ${day(at)}`;
  return [{ kind: 'feed-future', subject: subjectOf(kind, id), message }];
}

function stale({ id, kind, date }: Feed, at: string, limit: number): readonly Gap[] {
  const age = (Date.parse(at) - Date.parse(date)) / DAY;
  if (age <= limit) return [];
  const message = `the ${NAMES[kind]} of the feed ${id} are of ${day(date)}: ${counted(Math.floor(age), 'day')} old, and the stage allows ${String(limit)}`;
  return [{ kind: 'feed-stale', subject: subjectOf(kind, id), message }];
}

/** Stable: a newer file of the same feed is about the same. */
function subjectOf(kind: FeedKind, id: string): string {
  return kind === 'advisories' ? id : kind;
}

function day(instant: string): string {
  return instant.slice(0, 10);
}
