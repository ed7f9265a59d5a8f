/**
 * Puts an inventory together from what was found.
 */
import type { Digest } from '../core/image/digest.ts';
import type { OpenImage } from '../core/image/open-image.ts';
import { ecosystemOf } from '../core/sbom/ecosystem.ts';
import type { Gap } from '../core/sbom/gap.ts';
import type { Inventory, OwnedPackage, Package } from '../core/sbom/inventory.ts';
import { packageUrl } from '../core/sbom/purl.ts';
import { plainLine } from '../core/text/plain.ts';
import type { CataloguedImage, ImagePackage } from './catalogers/catalog-image.ts';
import { coverageGaps } from './coverage/coverage.ts';
import type { ImageState } from './layers/image-state.ts';
import { listsOf } from './layers/kept.ts';
import { valuesOf } from './layers/tree.ts';
import { identityOf } from './packages-by-layer.ts';

export interface Findings {
  readonly catalogued: CataloguedImage;
  readonly state: ImageState;
  /** Files of all layers. */
  readonly files: number;
  readonly layerOf: (one: ImagePackage) => Digest;
}

/** Equal findings give an equal inventory, in the same order. */
export function assemble(image: OpenImage, scannerVersion: string, findings: Findings): Inventory {
  const { catalogued, state, files } = findings;
  return {
    schemaVersion: 1,
    scanner: { name: 'cavendish', version: scannerVersion },
    image: image.digest,
    created: image.created,
    distribution: catalogued.distribution,
    layers: image.layers.map(({ diffId, digest, createdBy }) => ({ diffId, digest, createdBy })),
    packages: packagesOf(findings),
    owned: ownedIn(catalogued),
    gaps: inOrder(coverageGaps(catalogued, listsOf(valuesOf(state.tree)).markers, files)),
  };
}

function packagesOf({ catalogued: { packages, distribution }, layerOf }: Findings): readonly Package[] {
  const found = new Map<string, Package>();
  for (const one of packages) {
    const identity = identityOf(one);
    if (found.has(identity)) continue;
    const layer = layerOf(one);
    const { type, architecture, foundBy } = one;
    const source = { name: plainLine(one.source.name), version: plainLine(one.source.version) };
    const purl = packageUrl(one, distribution);
    const ecosystem = ecosystemOf(type, distribution);
    const licences = one.licences.map(plainLine);
    const said = { ...named(one), architecture, purl, source, ecosystem, layer, foundBy, licences };
    found.set(identity, said);
  }
  return [...found.values()].sort((a, b) => compare(a.purl, b.purl) || compare(a.layer, b.layer));
}

function ownedIn({ owned, distribution }: CataloguedImage): readonly OwnedPackage[] {
  const said = owned.map(({ one, owner }) => ({ ...named(one), owner: packageUrl(owner, distribution) }));
  const inOrderOf = ({ type, name, version, path }: OwnedPackage): string =>
    JSON.stringify([type, name, version, path]);
  return [...new Map(said.map((one) => [inOrderOf(one), one]))].sort(([a], [b]) => compare(a, b)).map(([, one]) => one);
}

/** Files of an image may say anything: people read names on terminals and in mails. */
function named({ type, name, version, path }: ImagePackage): Pick<Package, 'type' | 'name' | 'version' | 'path'> {
  return { type, name: plainLine(name), version: plainLine(version), path: plainLine(path) };
}

/** One gap for each kind and subject, in their order. */
function inOrder(gaps: readonly Gap[]): readonly Gap[] {
  const first = new Map<string, Gap>();
  for (const { kind, subject, message } of gaps) {
    const gap = { kind, subject: plainLine(subject), message: plainLine(message) };
    const name = `${kind}:${gap.subject}`;
    if (!first.has(name)) first.set(name, gap);
  }
  return [...first].sort(([a], [b]) => compare(a, b)).map(([, gap]) => gap);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
