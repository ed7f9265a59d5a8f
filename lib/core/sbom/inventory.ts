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

export interface Package {
  /** `deb`, and the purl types of later ecosystems. */
  readonly type: 'deb';
  readonly name: string;
  readonly version: string;
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
  /** Holes in what was read; see {@link Gap}. */
  readonly gaps: readonly Gap[];
}
