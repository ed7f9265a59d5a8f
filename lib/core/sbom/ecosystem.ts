/**
 * Distribution → the OSV ecosystem whose advisories speak of its packages
 * (https://ossf.github.io/osv-schema/#defined-ecosystems).
 */
import type { Distribution } from './inventory.ts';

/** `ID` of os-release(5) → OSV ecosystem. Derivatives have packages of their own, and no advisories here. */
const FAMILIES: Readonly<Record<string, string>> = { debian: 'Debian', ubuntu: 'Ubuntu' };

const RELEASE = /^\d+(?:\.\d+)*$/u;

/**
 * `Debian:12`, `Ubuntu:22.04`; null for a distribution that is not read, and for one without a
 * release (Debian testing and unstable): advisories are by release.
 */
export function ecosystemOf(distribution: Distribution | null): string | null {
  if (distribution === null || !Object.hasOwn(FAMILIES, distribution.id)) return null;
  const { id, versionId } = distribution;
  return versionId !== null && RELEASE.test(versionId) ? `${FAMILIES[id]}:${versionId}` : null;
}
