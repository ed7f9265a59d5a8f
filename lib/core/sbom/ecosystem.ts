/**
 * Package → the OSV ecosystem whose advisories speak of it
 * (https://ossf.github.io/osv-schema/#defined-ecosystems).
 */
import { type Distribution, type DistributionType, isOfDistribution, type PackageType } from './inventory.ts';
import { LANGUAGE_ECOSYSTEMS } from './languages.ts';

/** How a family says a release: what follows its name, or null for a release that it does not have. */
type Release = (versionId: string | null) => string | null;

interface Family {
  readonly type: DistributionType;
  readonly ecosystem: string;
  readonly release: Release;
}

const RELEASE = /^\d+(?:\.\d+)*$/u;

const whole: Release = (versionId) => matched(versionId, RELEASE);
const major: Release = (versionId) => matched(versionId, RELEASE, /^\d+/u);
const minor: Release = (versionId) => matched(versionId, RELEASE, /^\d+\.\d+/u);
/** What is only ever its newest self. */
const rolling: Release = () => '';
/** `15.6` → `15 SP6`. */
const servicePack: Release = (versionId) => {
  const [, base, pack] = /^(1[0-5])(?:\.(\d+))?$/u.exec(versionId ?? '') ?? [];
  if (base === undefined) return null;
  return pack === undefined || pack === '0' ? base : `${base} SP${pack}`;
};

/** `ID` of os-release(5). Derivatives have packages of their own, and no advisories here. */
const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['debian', family('deb', 'Debian:', major)],
  ['ubuntu', family('deb', 'Ubuntu:', minor)],
  ['alpine', family('apk', 'Alpine:v', minor)],
  ['chainguard', family('apk', 'Chainguard', rolling)],
  ['wolfi', family('apk', 'Wolfi', rolling)],
  ['almalinux', family('rpm', 'AlmaLinux:', major)],
  ['azurelinux', family('rpm', 'Azure Linux:', major)],
  ['mariner', family('rpm', 'Azure Linux:', major)],
  ['mageia', family('rpm', 'Mageia:', whole)],
  ['opensuse-leap', family('rpm', 'openSUSE:Leap ', whole)],
  ['opensuse-tumbleweed', family('rpm', 'openSUSE:Tumbleweed', rolling)],
  ['photon', family('rpm', 'Photon OS:', whole)],
  ['rhel', family('rpm', 'Red Hat:enterprise_linux:', major)],
  ['rocky', family('rpm', 'Rocky Linux:', major)],
  ['sles', family('rpm', 'SUSE:Linux Enterprise ', servicePack)],
  ['sles_sap', family('rpm', 'SUSE:Linux Enterprise ', servicePack)],
  ['sle_hpc', family('rpm', 'SUSE:Linux Enterprise ', servicePack)],
]);

/**
 * `Debian:12`, `Alpine:v3.20`, `Wolfi`; null for a distribution of which OSV has no advisories, and for
 * one without a release (Debian testing, Alpine edge): advisories are by release.
 */
export function distributionEcosystem(distribution: Pick<Distribution, 'id' | 'versionId'> | null): string | null {
  const known = distribution === null ? undefined : FAMILIES.get(distribution.id);
  const release = known?.release(distribution?.versionId ?? null) ?? null;
  return known === undefined || release === null ? null : `${known.ecosystem}${release}`;
}

/** True where OSV has advisories of a distribution, by its `ID`, and its packages are of the type. */
export function isAdvised(type: string, id: string): boolean {
  return FAMILIES.get(id)?.type === type;
}

/** Null where nobody's advisories speak of such packages: a runtime, a package of another system than the image's. */
export function ecosystemOf(type: PackageType, distribution: Distribution | null): string | null {
  if (!isOfDistribution(type)) return LANGUAGE_ECOSYSTEMS.get(type) ?? null;
  return distribution !== null && isAdvised(type, distribution.id) ? distributionEcosystem(distribution) : null;
}

function family(type: DistributionType, ecosystem: string, release: Release): Family {
  return { type, ecosystem, release };
}

function matched(versionId: string | null, whole: RegExp, part = whole): string | null {
  return versionId === null || !whole.test(versionId) ? null : (part.exec(versionId)?.[0] ?? null);
}
