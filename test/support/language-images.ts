/** Images of languages for tests: files on a small Debian, and what a scan finds of them. */
import type { Inventory } from '../../lib/core/sbom/inventory.ts';
import { scanImage } from '../../lib/scanner/scan-image.ts';
import { dpkgStatus, osRelease } from './debian.ts';
import { type Entry, file, image, layer, openImage } from './images.ts';
import { memoryLayerCache } from './layer-cache.ts';

const DEBIAN = [
  file('etc/os-release', osRelease()),
  file('var/lib/dpkg/status', dpkgStatus([{ name: 'base-files', version: '12', architecture: 'all' }])),
];

export interface LanguageFindings {
  /** `pkg:npm/a@1.0.0 app/node_modules/a/package.json MIT` */
  readonly packages: readonly string[];
  /** `pkg:npm/a@1.0.0 of pkg:deb/…` */
  readonly owned: readonly string[];
  /** Messages. */
  readonly gaps: readonly string[];
  readonly inventory: Inventory;
}

/** @param layers - on top of the Debian, whose own package `base-files` is left out of the answer */
export async function scanOnDebian(...layers: readonly (readonly Entry[])[]): Promise<LanguageFindings> {
  const built = await Promise.all([DEBIAN, ...layers].map((entries) => layer(entries, 'plain')));
  const inventory = await scanImage(openImage(image(built)), { cache: memoryLayerCache() });
  return {
    packages: inventory.packages
      .filter(({ type }) => type !== 'deb')
      .map(({ purl, path, licences = [] }) => [purl, path, ...licences].join(' ')),
    owned: (inventory.owned ?? []).map(({ type, name, version, owner }) => `${type} ${name} ${version} of ${owner}`),
    gaps: inventory.gaps.map(({ message }) => message),
    inventory,
  };
}

/** What dpkg notes of the files of `base-files`. */
export function ownedByDebian(...paths: readonly string[]): Entry {
  return file('var/lib/dpkg/info/base-files.list', paths.map((path) => `/${path}\n`).join(''));
}

export function jsonFile(path: string, value: unknown): Entry {
  return file(path, JSON.stringify(value));
}
