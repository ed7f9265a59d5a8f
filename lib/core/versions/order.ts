/**
 * The order of two versions, by the rules of their ecosystem.
 *
 * An ecosystem whose order is not known, and a version that its ecosystem can't read, are answers
 * of their own: guessing an order would turn "we do not know" into "not affected".
 */
import { ecosystemFamily } from '../advisories/bucket.ts';
import { apk } from './apk.ts';
import { dpkg } from './dpkg.ts';
import { maven } from './maven.ts';
import { packagist } from './packagist.ts';
import { pypi } from './pypi.ts';
import { rpm } from './rpm.ts';
import { rubygems } from './rubygems.ts';
import { nuget, pub, semver } from './semver.ts';
import { isUnparsable, type Order, refusal, type Unparsable, type VersionScheme } from './version.ts';

export type Ordering = { readonly order: Order } | Unparsable;

/** Compares one version, read once, with any number of others. */
export type OrderOfOthers = (other: string) => Ordering;

type Orders = (version: string) => OrderOfOthers | Unparsable;

/** In UTF-16 code units. No version that a package manager takes is longer; what comes from outside may be. */
export const LONGEST_VERSION = 1024;
const SHOWN = 64;

/** Whose versions are ordered how, by the family of the OSV ecosystem (`Debian:12` is of `Debian`). */
const FAMILIES: readonly (readonly [Orders, ...string[]])[] = [
  [by(dpkg), 'Debian', 'Ubuntu'],
  [by(apk), 'Alpine', 'Alpaquita', 'BellSoft Hardened Containers', 'Chainguard', 'MinimOS', 'Wolfi'],
  [by(rpm), 'Red Hat', 'AlmaLinux', 'Amazon Linux', 'Azure Linux', 'Mageia', 'openEuler', 'openSUSE'],
  [by(rpm), 'Oracle Linux', 'Photon OS', 'Rocky Linux', 'SUSE'],
  [by(semver), 'npm', 'Bitnami', 'crates.io', 'GitHub Actions', 'Go', 'Hex', 'SwiftURL'],
  [by(maven), 'Maven'],
  [by(nuget), 'NuGet'],
  [by(packagist), 'Packagist'],
  [by(pub), 'Pub'],
  [by(pypi), 'PyPI'],
  [by(rubygems), 'RubyGems'],
];
const ORDERS = new Map(
  FAMILIES.flatMap(([orders, ...families]) => families.map((family) => [family, orders] as const)),
);

/** The families whose versions are Semantic Versioning's, so that ranges of type SEMVER speak of them. */
const SEMVER: ReadonlySet<string> = new Set(
  'npm,Bitnami,crates.io,GitHub Actions,Go,Hex,SwiftURL,Pub,NuGet'.split(','),
);

/** The families of ecosystems whose versions can be put in order, in order of their names. */
export const ORDERED_FAMILIES: readonly string[] = [...ORDERS.keys()].sort();

export function isOrdered(ecosystem: string): boolean {
  return ORDERS.has(ecosystemFamily(ecosystem));
}

export function hasSemver(ecosystem: string): boolean {
  return SEMVER.has(ecosystemFamily(ecosystem));
}

/** How `version` stands to another: the answer's order is -1 where `version` comes before. */
export function orderFrom(ecosystem: string, version: string): OrderOfOthers | Unparsable {
  const family = ecosystemFamily(ecosystem);
  return ORDERS.get(family)?.(version) ?? refusal(version, `unsupported ecosystem: ${family}`);
}

/** -1 where `a` comes before `b`, 0 where they are the same version, 1 where it comes after. */
export function order(ecosystem: string, a: string, b: string): Ordering {
  const from = orderFrom(ecosystem, a);
  return typeof from === 'function' ? from(b) : from;
}

function by<V extends object>({ parse, compare }: VersionScheme<V>): Orders {
  const read = (text: string): V | Unparsable =>
    text.length > LONGEST_VERSION
      ? refusal(`${text.slice(0, SHOWN)}…`, `it is longer than ${String(LONGEST_VERSION)} characters`)
      : parse(text);
  return (version) => {
    const own = read(version);
    if (isUnparsable(own)) return own;
    return (text) => {
      const other = read(text);
      return isUnparsable(other) ? other : { order: compare(own, other) };
    };
  };
}
