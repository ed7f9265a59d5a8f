/**
 * Matches the packages of an image with advisories.
 *
 * A package is looked up as its ecosystem's advisories speak of it (subjects.ts). What nobody can decide
 * is a gap, never "not affected".
 */
import type { OsvRecord } from '../advisories/records.ts';
import type { Gap } from '../sbom/gap.ts';
import type { Package } from '../sbom/inventory.ts';
import { orderOf } from '../versions/version.ts';
import type { Subject } from './evaluate-record.ts';
import { identitiesOf } from './identities.ts';
import { joinRecords } from './join-records.ts';
import type { Match } from './match.ts';
import { joinMatches, matchSource } from './match-source.ts';
import { subjectsOf } from './subjects.ts';

/** Packages about which the same is asked, as those of one source and version: what affects one affects all. */
interface Group {
  readonly subject: Subject;
  readonly packages: Package[];
  readonly records: readonly OsvRecord[];
}

/**
 * @param bucketsOf - the records that are held about what is asked, of all feeds; a record
 *   that several feeds hold counts once, the newest of it
 * @returns matches in the order of vulnerability, then purl; gaps in the order of their subject
 */
export function matchPackages(
  packages: readonly Package[],
  bucketsOf: (subject: Subject) => readonly OsvRecord[],
): { readonly matches: readonly Match[]; readonly gaps: readonly Gap[] } {
  const groups = groupBySubject(packages, bucketsOf);
  const identities = identitiesOf(groups.flatMap(({ records }) => records));
  const gaps = new Map<string, Gap>();
  const matches = new Map<Package, Map<string, Match>>(packages.map((pkg) => [pkg, new Map()]));

  for (const { subject, packages: binaries, records } of groups) {
    const found = matchSource(subject, records, identities);
    for (const gap of found.gaps) gaps.set(gap.subject, gaps.get(gap.subject) ?? gap);
    for (const match of found.matches) {
      for (const pkg of binaries) {
        const ofPackage = matches.get(pkg);
        const other = ofPackage?.get(match.vulnerability);
        const one = { ...match, package: pkg };
        ofPackage?.set(
          match.vulnerability,
          other === undefined ? one : { ...one, ...joinMatches(other, match, subject.name === pkg.name) },
        );
      }
    }
  }
  return {
    matches: [...matches.values()].flatMap((ofPackage) => [...ofPackage.values()]).sort(byVulnerabilityThenPackage),
    gaps: [...gaps.values()].sort((a, b) => orderOf(a.subject, b.subject)),
  };
}

export function groupBySubject(
  packages: readonly Package[],
  bucketsOf: (subject: Subject) => readonly OsvRecord[],
): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const pkg of packages) {
    const { ecosystem } = pkg;
    // Which advisories speak of it is not known: whoever judges says that nobody answers for it.
    if (ecosystem === null) continue;
    for (const subject of subjectsOf({ ...pkg, ecosystem })) {
      const key = JSON.stringify([ecosystem, subject.name, subject.version]);
      const group = groups.get(key) ?? { subject, packages: [], records: joinRecords([bucketsOf(subject)]) };
      group.packages.push(pkg);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

function byVulnerabilityThenPackage(a: Match, b: Match): number {
  return (
    orderOf(a.vulnerability, b.vulnerability) ||
    orderOf(a.package.purl, b.package.purl) ||
    orderOf(a.package.layer, b.package.layer) ||
    orderOf(a.package.path, b.package.path)
  );
}
