/**
 * Buckets: how a feed is cut, so that an assessment reads little and can name what it read.
 *
 * A bucket is a JSON array of records in the order of their identifiers, stored by digest. Its key
 * says what it is about:
 *
 * - advisories: `ECOSYSTEM/NAME`, the ecosystem without its release (`Debian/perl`), the name in one spelling
 * - cve: `CVE-YEAR-nnxx`, a hundred numbers together; epss: `CVE-YEAR-nxxx`, a thousand
 * - kev: `kev`, the whole catalogue
 *
 * Keys are spread over shards, so that a change rewrites the shards it touches and no others.
 */
import { digestOf } from '../canonical/canonical.ts';
import { hexOf } from '../image/digest.ts';

export const KEV_BUCKET = 'kev';

/** `Debian:12` → `Debian`; `npm` → `npm`. */
export function ecosystemFamily(ecosystem: string): string {
  const colon = ecosystem.indexOf(':');
  return colon === -1 ? ecosystem : ecosystem.slice(0, colon);
}

/**
 * Parts of a release that no image says its packages are from, each a part of the same release:
 *
 * - that a release of Ubuntu is LTS (`Ubuntu:22.04:LTS`)
 * - the repository of a release of Red Hat Enterprise Linux (`Red Hat:enterprise_linux:9::baseos`)
 * - the product, module or time of support of SUSE Linux Enterprise
 *   (`SUSE:Linux Enterprise Module for Basesystem 15 SP6`, `SUSE:Linux Enterprise Server 15 SP4-LTSS`)
 */
const PARTS = [
  /^(?<release>Ubuntu:.+):LTS$/u,
  /^(?<release>Red Hat:enterprise_linux:\d+)::\w+$/u,
  /^SUSE:Linux Enterprise (?!Micro )(?:[^:]* )?(?<sle>\d+(?: SP\d+)?)(?:-[A-Z -]+)?$/u,
];

/** `Ubuntu:22.04:LTS` → `Ubuntu:22.04`: the release, as far as an image can say it. */
export function releaseOf(ecosystem: string): string {
  for (const part of PARTS) {
    const { release, sle } = part.exec(ecosystem)?.groups ?? {};
    if (release !== undefined) return release;
    if (sle !== undefined) return `SUSE:Linux Enterprise ${sle}`;
  }
  return ecosystem;
}

/** How names are the same that advisories and packages spell differently (`Werkzeug`, `zope.interface`), by family. */
const SPELLINGS: ReadonlyMap<string, (name: string) => string> = new Map([
  ['NuGet', (name) => name.toLowerCase()],
  ['Packagist', (name) => name.toLowerCase()],
  ['PyPI', (name) => name.toLowerCase().replaceAll(/[-_.]+/gu, '-')],
]);

/** The one spelling of a package's name by which it is found; as it is written where an ecosystem knows but one. */
export function spellingOf(ecosystem: string, packageName: string): string {
  return SPELLINGS.get(ecosystemFamily(ecosystem))?.(packageName) ?? packageName;
}

export function advisoryBucket(ecosystem: string, packageName: string): string {
  return `${ecosystemFamily(ecosystem)}/${spellingOf(ecosystem, packageName)}`;
}

/** All keys by which a feed may hold what speaks of a package: feeds of before knew names as they were written. */
export function advisoryBuckets(ecosystem: string, packageName: string): readonly string[] {
  const written = `${ecosystemFamily(ecosystem)}/${packageName}`;
  return [...new Set([advisoryBucket(ecosystem, packageName), written])];
}

/** The key of a CVE's bucket; null for an identifier that is no CVE's. */
export function cveBucket(vulnerability: string): string | null {
  return block(vulnerability, 2);
}

/** The key of the EPSS bucket of a CVE; null for an identifier that is no CVE's. */
export function epssBucket(vulnerability: string): string | null {
  return block(vulnerability, 3);
}

/** Two hexadecimal digits. */
export function shardOf(bucketKey: string): string {
  return hexOf(digestOf(new TextEncoder().encode(bucketKey))).slice(0, 2);
}

function block(vulnerability: string, digits: number): string | null {
  const [, year, number] = /^CVE-(\d{4})-(\d{4,})$/u.exec(vulnerability) ?? [];
  if (year === undefined || number === undefined) return null;
  return `CVE-${year}-${number.slice(0, -digits)}${'x'.repeat(digits)}`;
}
