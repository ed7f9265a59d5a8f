/**
 * What is in an image: the SBOM as Cavendish keeps it.
 *
 * It rests on the bytes of the image and the version of the scanner and on nothing else, so it is
 * stored once by image digest. CycloneDX is made from it for others to read.
 */
import type { Digest } from '../image/digest.ts';
import type { Gap } from './gap.ts';

/** The operating system, from os-release(5). */
export interface Distribution {
  /** `ID`, in lower case: `debian`, `alpine`. */
  readonly id: string;
  /** `VERSION_ID`: `12`, `3.20.3`; null where the file has none (Debian testing). */
  readonly versionId: string | null;
  /** `VERSION_CODENAME`. */
  readonly codename: string | null;
  /** `PRETTY_NAME`, or what stands for it. */
  readonly name: string;
}

export interface Layer {
  readonly diffId: Digest;
  /** The digest of the layer as it is stored, compressed or not. */
  readonly digest: Digest;
  /** The instruction of the image's history that made the layer, where the configuration says so. */
  readonly createdBy: string | null;
}

/** What a package is, as in a package URL. `generic` is a runtime that no package manager brought. */
const DISTRIBUTION_TYPES = ['deb', 'apk', 'rpm'] as const;
const OTHER_TYPES = ['npm', 'pypi', 'golang', 'cargo', 'maven', 'gem', 'nuget', 'composer', 'generic'] as const;
export type DistributionType = (typeof DISTRIBUTION_TYPES)[number];
export const PACKAGE_TYPES = [...DISTRIBUTION_TYPES, ...OTHER_TYPES] as const;
export type PackageType = (typeof PACKAGE_TYPES)[number];

/** True of packages that a distribution makes; all others are of languages, or of nobody. */
export function isOfDistribution(type: string): type is DistributionType {
  return (DISTRIBUTION_TYPES as readonly string[]).includes(type);
}

export interface Package {
  readonly type: PackageType;
  /** As advisories write it: `@scope/name`, `group:artifact`, `vendor/name`, the path of a Go module. */
  readonly name: string;
  readonly version: string;
  /** Null for packages of languages. */
  readonly architecture: string | null;
  readonly purl: string;
  /** What advisories of a distribution speak of; the package itself where it is its own source. */
  readonly source: { readonly name: string; readonly version: string };
  /** The OSV ecosystem whose advisories speak of it (`Debian:12`); null where none is known. */
  readonly ecosystem: string | null;
  /** The diff ID of the first layer from which this version is present unbroken. */
  readonly layer: Digest;
  /** The file in the image that says so. */
  readonly path: string;
  /** The cataloger that found it. */
  readonly foundBy: string;
  /** As stated, each in the file's words; absent in what a scanner before version 2 found. */
  readonly licences?: readonly string[];
}

/**
 * A package of a language whose files a package of the distribution owns: the distribution's
 * advisories speak of it, so that it is no package of its own.
 */
export interface OwnedPackage extends Pick<Package, 'type' | 'name' | 'version' | 'path'> {
  /** The purl of the package that owns it. */
  readonly owner: string;
}

export interface Inventory {
  readonly schemaVersion: 1;
  readonly scanner: { readonly name: string; readonly version: string };
  readonly image: Digest;
  readonly created: string | null;
  readonly distribution: Distribution | null;
  readonly layers: readonly Layer[];
  /** In the order of purl, then layer. */
  readonly packages: readonly Package[];
  /** In the order of type, name, version, path; absent in what a scanner before version 2 found. */
  readonly owned?: readonly OwnedPackage[];
  /** Holes in what was read; see {@link Gap}. */
  readonly gaps: readonly Gap[];
}
