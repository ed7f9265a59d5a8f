/**
 * Why the packages of an image have a vulnerability or not, by the records that were read about them.
 */
import type { OsvRecord } from '../advisories/records.ts';
import type { Package } from '../sbom/inventory.ts';
import { orderOf } from '../versions/version.ts';
import type { Subject } from './evaluate-record.ts';
import { type ExplainedRecord, explainRecord, type Outcome } from './explain-record.ts';
import { identitiesOf } from './identities.ts';
import { groupBySubject, type matchPackages } from './match-packages.ts';

/** What was asked of advisories, where one about the vulnerability speaks of it: a source package, or a package. */
export interface ExplainedSubject extends Subject {
  /** The packages here that it was asked for. */
  readonly packages: readonly Pick<Package, 'name' | 'version' | 'purl' | 'layer' | 'path'>[];
  readonly outcome: Outcome;
  /** In the order of their ids. */
  readonly records: readonly ExplainedRecord[];
}

export interface Explained {
  /** Its other names, as far as the records that were read say. */
  readonly aliases: readonly string[];
  /** In the order of ecosystem, name and version; empty where no record names the vulnerability for any of them. */
  readonly subjects: readonly ExplainedSubject[];
}

/**
 * @param vulnerability - by any of its names, or the id of a record
 * @param bucketsOf - as of matchPackages
 * @param isAsked - whether a package is to be explained; the names of the vulnerability are taken from the records of all
 */
export function explain(
  vulnerability: string,
  packages: readonly Package[],
  bucketsOf: Parameters<typeof matchPackages>[1],
  isAsked: (pkg: Package) => boolean,
): Explained {
  const groups = groupBySubject(packages, bucketsOf);
  const identities = identitiesOf(groups.flatMap(({ records }) => records));
  const aliases = identities.aliasesOf(vulnerability);
  const names = new Set([vulnerability, ...aliases]);
  // By what it says itself too: what was withdrawn merges no names, and is to be shown all the same.
  const isAbout = (record: OsvRecord): boolean =>
    [record.id, ...record.aliases, ...record.upstream, ...identities.vulnerabilitiesOf(record)].some((name) =>
      names.has(name),
    );

  const subjects = groups.flatMap(({ subject, packages: built, records }): readonly ExplainedSubject[] => {
    const asked = built.filter(isAsked);
    const explained = records.filter(isAbout).map((record) => explainRecord(record, subject));
    if (asked.length === 0 || explained.every(({ entries }) => entries.length === 0)) return [];
    return [
      {
        ...subject,
        packages: asked.map(({ name, version, purl, layer, path }) => ({ name, version, purl, layer, path })),
        outcome: worstOf(explained),
        records: explained,
      },
    ];
  });
  return { aliases, subjects: subjects.sort((a, b) => orderOf(placeOf(a), placeOf(b))) };
}

function placeOf({ ecosystem, name, version }: Subject): string {
  return JSON.stringify([ecosystem, name, version]);
}

/** One record that affects it is enough, and one that nobody can decide leaves it open. */
export function worstOf(outcomes: readonly { readonly outcome: Outcome }[]): Outcome {
  const found = new Set(outcomes.map(({ outcome }) => outcome));
  return found.has('affected') ? 'affected' : found.has('undecided') ? 'undecided' : 'not affected';
}
