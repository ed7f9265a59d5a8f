/** What is missing, too old, or from the future among the feeds that are held: gaps, for a stage at an instant. */
import { answersFor, type Feed, FEED_KINDS, type FeedKind, type HeldFeed } from '../advisories/feed.ts';
import { feedsOfKind } from '../register/read-records.ts';
import type { Gap } from '../sbom/gap.ts';
import type { Package } from '../sbom/inventory.ts';
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
 * Of CVE records, KEV and EPSS the newest feed counts. Advisories come from many sources: a feed that
 * answers for a package is too old where none that answers for the same is fresh ("not affected" rests
 * on it); one that answers for no package of the image can only add findings, and may be of any age.
 *
 * @param packages - of the image
 */
export function feedGaps(
  feeds: readonly HeldFeed[],
  { maxAgeDays }: Pick<StagePolicy, 'maxAgeDays'>,
  at: string,
  packages: readonly Package[],
): readonly Gap[] {
  return FEED_KINDS.flatMap((kind) => {
    const held = feedsOfKind(feeds, kind);
    const [newest] = held;
    if (newest === undefined) return [missing(kind)];
    const counting = kind === 'advisories' ? held : [newest];
    const limit = maxAgeDays[kind] ?? Number.POSITIVE_INFINITY;
    const tooOld = held.filter((feed) => ageOf(feed, at) > limit);
    const needed = kind === 'advisories' ? answeredOnlyBy(tooOld, held, packages) : tooOld;
    return counting.flatMap((feed) => {
      if (Date.parse(feed.date) > Date.parse(at)) return [future(feed, at)];
      return needed.includes(feed) ? [stale(feed, at, limit)] : [];
    });
  });
}

/** Those of `some` that answer for a package for which no other feed does. */
function answeredOnlyBy(some: readonly Feed[], all: readonly Feed[], packages: readonly Package[]): readonly Feed[] {
  if (some.length === 0) return [];
  const others = all.filter((feed) => !some.includes(feed));
  const left = packages.filter((pkg) => !others.some((feed) => answers(feed, pkg)));
  return some.filter((feed) => left.some((pkg) => answers(feed, pkg)));
}

function answers(feed: Feed, { ecosystem, source }: Package): boolean {
  return ecosystem !== null && answersFor(feed, ecosystem, source.name);
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
