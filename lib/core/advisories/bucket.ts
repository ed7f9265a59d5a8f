/**
 * Buckets: how a feed is cut, so that an assessment reads little and can name what it read.
 *
 * A bucket is a JSON array of records in the order of their identifiers, stored by digest. Its key
 * says what it is about:
 *
 * - advisories: `ECOSYSTEM/NAME`, the ecosystem without its release (`Debian/perl`)
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

/** `Ubuntu:22.04:LTS` → `Ubuntu:22.04`: that a release is LTS is no release of its own. */
export function releaseOf(ecosystem: string): string {
  return ecosystem.endsWith(':LTS') ? ecosystem.slice(0, -':LTS'.length) : ecosystem;
}

export function advisoryBucket(ecosystem: string, packageName: string): string {
  return `${ecosystemFamily(ecosystem)}/${packageName}`;
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
