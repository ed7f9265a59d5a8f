/**
 * What is said of the packages of each layer, so that they are found without reading an SBOM: the
 * advisory buckets that speak of them, and their names.
 */
import { contentId } from '../canonical/canonical.ts';
import type { Digest } from '../image/digest.ts';
import { advisoryBucketsOf } from '../matching/subjects.ts';
import type { Inventory, Package } from '../sbom/inventory.ts';

export interface LayerRows {
  readonly diffId: Digest;
  /** The identity of all that follows: another image may show fewer packages of the same layer, or more. */
  readonly id: Digest;
  /** Advisory buckets, in order. */
  readonly buckets: readonly string[];
  /** Binary and source names, each with the buckets that speak of the package, in order. */
  readonly names: readonly { readonly name: string; readonly bucket: string }[];
}

/**
 * The rows of each layer that brought packages, from the base upwards.
 *
 * A package of an ecosystem that is not known has no bucket: no advisory speaks of it.
 */
export function layerRowsOf({ layers, packages }: Pick<Inventory, 'layers' | 'packages'>): readonly LayerRows[] {
  const byLayer = Map.groupBy(packages, ({ layer }) => layer);
  return [...new Set(layers.map(({ diffId }) => diffId))].flatMap((diffId) => {
    const names = namesOf(byLayer.get(diffId) ?? []);
    if (names.length === 0) return [];
    const buckets = [...new Set(names.map(({ bucket }) => bucket))].sort();
    return [{ diffId, id: contentId(names), buckets, names }];
  });
}

/** The OSV ecosystems of the packages, in order. */
export function ecosystemsOf(packages: readonly Package[]): readonly string[] {
  return [...new Set(packages.flatMap(({ ecosystem }) => ecosystem ?? []))].sort();
}

function namesOf(packages: readonly Package[]): LayerRows['names'] {
  const named = packages.flatMap((pkg) =>
    advisoryBucketsOf(pkg).flatMap((bucket) =>
      [pkg.name, pkg.source.name].map((name) => [`${name}\n${bucket}`, { name, bucket }] as const),
    ),
  );
  return [...new Map(named)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
