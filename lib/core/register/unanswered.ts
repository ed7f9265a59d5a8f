/**
 * The packages that no held advisories answer for: each a gap that no stage tolerates.
 *
 * One gap for each source package, since advisories of a distribution speak of those; one for all
 * where no advisories are held at all. Of a language for which no feed answers with a single package,
 * one gap says so for all of its packages, and a stage may tolerate it: what is missing there is
 * named, as when the language is not read. Of a runtime that no package manager brought nobody's
 * advisories speak, in words that are read here: one gap for each, which a stage may tolerate.
 */
import { answersFor, type Feed, type HeldFeed } from '../advisories/feed.ts';
import type { Gap } from '../sbom/gap.ts';
import type { Package } from '../sbom/inventory.ts';
import { isLanguage } from '../sbom/languages.ts';
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
  const runtimes = open.filter(isRuntime);
  const others = open.filter((pkg) => !isRuntime(pkg));
  const gaps = advisories.length === 0 ? nothingHeld(others) : gapsOf(others, advisories);
  return {
    gaps: [...gaps, ...runtimeGaps(runtimes)].toSorted((a, b) => orderOf(a.subject, b.subject)),
    all: packages.length > 0 && open.length === packages.length,
  };
}

function gapsOf(open: readonly Package[], advisories: readonly Feed[]): readonly Gap[] {
  const answered = new Set(advisories.flatMap(({ completeFor }) => completeFor.map(({ ecosystem }) => ecosystem)));
  const isHeld = ({ ecosystem }: Package): boolean =>
    ecosystem === null || !isLanguage(ecosystem) || answered.has(ecosystem);
  return [
    ...[...Map.groupBy(open.filter(isHeld), sourceOf)].map(packageGap),
    ...[
      ...Map.groupBy(
        open.filter((pkg) => !isHeld(pkg)),
        ({ ecosystem }) => ecosystem ?? '',
      ),
    ].map(languageGap),
  ];
}

/** Stable, and the same for every binary package of a source. */
function sourceOf({ ecosystem, type, source }: Package): string {
  return `${ecosystem ?? type}/${source.name}`;
}

function packageGap([subject, packages]: readonly [string, readonly Package[]]): Gap {
  const names = [...new Set(packages.map(({ name }) => name))].sort();
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const which = names.length > MOST_NAMES ? `${shown} and ${String(names.length - MOST_NAMES)} more` : shown;
  const [{ ecosystem, source } = { ecosystem: null, source: { name: '' } }] = packages;
  const where = ecosystem ?? 'an operating system whose advisories are not known';
  const what =
    ecosystem !== null && isLanguage(ecosystem)
      ? `the package ${source.name} of ${where}`
      : `the source package ${source.name} of ${where} (${which})`;
  return { kind: 'unanswered-package', subject, message: `no advisories that are held answer for ${what}` };
}

function languageGap([ecosystem, packages]: readonly [string, readonly Package[]]): Gap {
  return {
    kind: 'unanswered-ecosystem',
    subject: ecosystem,
    message: `no advisories of ${ecosystem} are held: none of its ${counted(packages.length, 'package')} here is answered for`,
  };
}

function isRuntime({ type }: Package): boolean {
  return type === 'generic';
}

function runtimeGaps(runtimes: readonly Package[]): readonly Gap[] {
  return [...Map.groupBy(runtimes, ({ name }) => name)].map(([subject, found]) => {
    const where = [...new Set(found.map(({ path }) => path))].sort().slice(0, MOST_NAMES).join(', ');
    const message = `no advisories that are held speak of ${subject}, which no package manager brought (${where})`;
    return { kind: 'unanswered-runtime', subject, message };
  });
}

function nothingHeld(open: readonly Package[]): readonly Gap[] {
  if (open.length === 0) return [];
  const sources = counted(new Set(open.map(sourceOf)).size, 'source package');
  const message = `no advisories are held: none of ${sources} is answered for`;
  return [{ kind: 'unanswered-package', subject: '*', message }];
}
