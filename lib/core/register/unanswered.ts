/**
 * The packages that no held advisories answer for: each a gap that no stage tolerates.
 *
 * One gap for each source package, since advisories of a distribution speak of those; one for all
 * where nothing is held at all.
 */
import { answersFor, type HeldFeed } from '../advisories/feed.ts';
import type { Gap } from '../sbom/gap.ts';
import type { Package } from '../sbom/inventory.ts';
import { counted } from '../text/plain.ts';

interface Unanswered {
  readonly gaps: readonly Gap[];
  /** No package at all is answered for. */
  readonly none: boolean;
}

export function unansweredGaps(packages: readonly Package[], feeds: readonly HeldFeed[]): Unanswered {
  const advisories = feeds.filter(({ feed }) => feed.kind === 'advisories');
  const answered = (pkg: Package): boolean =>
    pkg.ecosystem !== null && advisories.some(({ feed }) => answersFor(feed, pkg.ecosystem ?? '', pkg.source.name));

  const open = new Map<string, { readonly pkg: Package; readonly names: Set<string> }>();
  let someAnswered = false;
  for (const pkg of packages) {
    if (answered(pkg)) {
      someAnswered = true;
      continue;
    }
    const subject = `${pkg.ecosystem ?? pkg.type}/${pkg.source.name}`;
    const entry = open.get(subject) ?? { pkg, names: new Set() };
    entry.names.add(pkg.name);
    open.set(subject, entry);
  }
  if (open.size === 0) return { gaps: [], none: packages.length > 0 && !someAnswered };
  if (advisories.length === 0) return { gaps: [nothingHeld(open.size)], none: true };
  const gaps = [...open.entries()].map(([subject, { pkg, names }]): Gap => {
    const which = [...names].sort().join(', ');
    const where = pkg.ecosystem ?? 'its distribution, which is not known,';
    return {
      kind: 'unanswered-package',
      subject,
      message: `no advisories that are held answer for the source package ${pkg.source.name} of ${where} (${which})`,
    };
  });
  return { gaps: gaps.sort((a, b) => (a.subject < b.subject ? -1 : 1)), none: !someAnswered };
}

function nothingHeld(sources: number): Gap {
  return {
    kind: 'unanswered-package',
    subject: '*',
    message: `no advisories are held: none of ${counted(sources, 'source package')} is answered for`,
  };
}
