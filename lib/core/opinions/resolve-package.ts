/**
 * Which packages of the image a scanner means.
 *
 * Vulnerabilities are told apart by source package, as everywhere: a distribution's package may go by the name and the
 * version of the binary or of its source, and epochs are left out by some. A package of a language that one of the
 * distribution's owns stands for that.
 */
import type { Inventory, Package } from '../sbom/inventory.ts';
import { nameIn, readPurl } from '../sbom/purl.ts';
import type { OpinionPackage } from './opinion.ts';

/** What a report says of a package, as far as two scanners say it alike. */
interface Identity {
  readonly type: string | null;
  readonly name: string;
  readonly version: string | null;
}

interface Known {
  readonly type: string;
  readonly version: string;
  readonly source: string;
}

type Sourced = Pick<Package, 'type' | 'source'>;

/** The key of a source package: what a vulnerability is found in. */
export function sourceKey({ type, source }: { readonly type: string; readonly source: Sourced['source'] }): string {
  return JSON.stringify([type, source.name, source.version]);
}

/** @returns the keys of the sources that a package of a report stands for; none where the inventory has no such package */
export function packageResolver({
  packages,
  owned = [],
}: Pick<Inventory, 'packages' | 'owned'>): (said: OpinionPackage) => readonly string[] {
  const known = new Map<string, Known[]>();
  function add(name: string, one: Known): void {
    const key = comparableName(one.type, name);
    const others = known.get(key);
    if (others === undefined) known.set(key, [one]);
    else others.push(one);
  }

  for (const { type, name, version, source } of packages) {
    const key = sourceKey({ type, source });
    add(name, { type, version, source: key });
    // Some give the version of the binary beside the name of the source.
    for (const own of new Set([source.version, version])) add(source.name, { type, version: own, source: key });
  }
  const byPurl = new Map(packages.map((one) => [one.purl, one]));
  for (const { type, name, version, owner } of owned) {
    const by = byPurl.get(owner);
    if (by !== undefined) add(name, { type, version, source: sourceKey(by) });
  }

  return (said) => {
    const one = identityOf(said);
    const names =
      one.type === null ? [one.name, comparableName('pypi', one.name)] : [comparableName(one.type, one.name)];
    const found = [...new Set(names)]
      .flatMap((name) => known.get(name) ?? [])
      .filter(({ type, version }) => (one.type === null || one.type === type) && isSameVersion(one.version, version));
    return [...new Set(found.map(({ source }) => source))].sort();
  };
}

/** The package itself, where the inventory does not have it: two scanners that mean the same say the same. */
export function statedKey(said: OpinionPackage): string {
  const { type, name, version } = identityOf(said);
  return JSON.stringify([comparableName(type ?? 'pypi', name), version === null ? null : withoutEpoch(version)]);
}

/** By its package URL, where it has one that can be read. */
export function identityOf({ type, name, version, purl }: OpinionPackage): Identity {
  try {
    if (purl === null) return { type, name, version };
    const read = readPurl(purl);
    const { epoch } = read.qualifiers;
    const whole = read.version !== null && epoch !== undefined ? `${epoch}:${read.version}` : read.version;
    return { type: read.type, name: nameIn(read), version: whole ?? version };
  } catch {
    return { type, name, version };
  }
}

/** Names that a registry takes for the same. */
function comparableName(type: string, name: string): string {
  if (type === 'pypi') return name.toLowerCase().replaceAll(/[-_.]+/gu, '-');
  return type === 'composer' || type === 'nuget' ? name.toLowerCase() : name;
}

/** A report that gives no version means whichever there is. */
function isSameVersion(said: string | null, known: string): boolean {
  if (said === null) return true;
  const [a, b] = [said, known].map((version) => version.replace(/^(?:0:|v(?=\d))/u, ''));
  if (a === b) return true;
  // One of the two leaves the epoch out; two epochs that differ are two versions.
  return hasEpoch(a) !== hasEpoch(b) && withoutEpoch(a) === withoutEpoch(b);
}

function hasEpoch(version = ''): boolean {
  return EPOCH.test(version);
}

function withoutEpoch(version = ''): string {
  return version.replace(EPOCH, '');
}

const EPOCH = /^\d+:/u;
