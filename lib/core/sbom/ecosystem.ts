/**
 * Package → the OSV ecosystem whose advisories speak of it
 * (https://ossf.github.io/osv-schema/#defined-ecosystems).
 */
import { type Distribution, type DistributionType, isOfDistribution, type PackageType } from './inventory.ts';
import { LANGUAGE_ECOSYSTEMS } from './languages.ts';

interface Family {
  readonly type: DistributionType;
  readonly ecosystem: string;
}

/** `ID` of os-release(5). Derivatives have packages of their own, and no advisories here. */
const FAMILIES: Readonly<Record<string, Family>> = {
  debian: { type: 'deb', ecosystem: 'Debian' },
  ubuntu: { type: 'deb', ecosystem: 'Ubuntu' },
};

const RELEASE = /^\d+(?:\.\d+)*$/u;

/**
 * `Debian:12`, `Ubuntu:22.04`; null for a distribution that is not read, and for one without a
 * release (Debian testing and unstable): advisories are by release.
 */
export function distributionEcosystem(distribution: Distribution | null): string | null {
  if (distribution === null || !Object.hasOwn(FAMILIES, distribution.id)) return null;
  const { id, versionId } = distribution;
  return versionId !== null && RELEASE.test(versionId) ? `${FAMILIES[id]?.ecosystem ?? ''}:${versionId}` : null;
}

/** Null where nobody's advisories speak of such packages: a runtime, a package of another system than the image's. */
export function ecosystemOf(type: PackageType, distribution: Distribution | null): string | null {
  if (!isOfDistribution(type)) return LANGUAGE_ECOSYSTEMS.get(type) ?? null;
  const isOwn = distribution !== null && FAMILIES[distribution.id]?.type === type;
  return isOwn ? distributionEcosystem(distribution) : null;
}
