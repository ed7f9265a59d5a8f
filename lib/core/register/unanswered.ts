/**
 * The packages that no held advisories answer for: each a gap that no stage tolerates.
 *
 * One gap for each source package, since advisories of a distribution speak of those; one for all
 * where no advisories are held at all.
 */
import { answersFor, type HeldFeed } from '../advisories/feed.ts';
import type { Gap } from '../sbom/gap.ts';
import type { Package } from '../sbom/inventory.ts';
import { counted } from '../text/plain.ts';
import { orderOf } from '../versions/version.ts';
import { feedsOfKind } from './read-records.ts';

interface Unanswered {
  /** In the order of their subjects. */
  readonly gaps: readonly Gap[];
  /** There are packages, and nobody answers for any of them. */
  readonly all: boolean;
}

/** Binary packages that a message names. */
const MOST_NAMES = 5;

export function unansweredGaps(packages: readonly Package[], feeds: readonly HeldFeed[]): Unanswered {
  const advisories = feedsOfKind(feeds, 'advisories');
  const open = packages.filter(
    ({ ecosystem, source }) =>
      ecosystem === null || !advisories.some((feed) => answersFor(feed, ecosystem, source.name)),
  );
  const bySource = Map.groupBy(open, ({ ecosystem, type, source }) => `${ecosystem ?? type}/${source.name}`);
  const gaps = advisories.length === 0 && bySource.size > 0 ? [nothingHeld(bySource.size)] : [...bySource].map(gapOf);
  return {
    gaps: gaps.sort((a, b) => orderOf(a.subject, b.subject)),
    all: packages.length > 0 && open.length === packages.length,
  };
}

function gapOf([subject, packages]: readonly [string, readonly Package[]]): Gap {
  const names = [...new Set(packages.map(({ name }) => name))].sort();
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const which = names.length > MOST_NAMES ? `${shown} and ${String(names.length - MOST_NAMES)} more` : shown;
  const [{ ecosystem, source } = { ecosystem: null, source: { name: '' } }] = packages;
  const where = ecosystem ?? 'an operating system whose advisories are not known';
  return {
    kind: 'unanswered-package',
    subject,
    message: `no advisories that are held answer for the source package ${source.name} of ${where} (${which})`,
  };
}

function nothingHeld(sources: number): Gap {
  return {
    kind: 'unanswered-package',
    subject: '*',
    message: `no advisories are held: none of ${counted(sources, 'source package')} is answered for`,
  };
}
