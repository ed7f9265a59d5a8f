/**
 * An organisation's images, made up and always the same: bases of 200 packages, and clones that add 100 of
 * their own in one small layer.
 *
 * What is shared is shared as in life: every base has the distribution's common packages, a flavour of bases
 * has some more, and what a team installs, some twenty other images have too.
 */
import { contentId } from '../../lib/core/canonical/canonical.ts';
import type { Digest } from '../../lib/core/image/digest.ts';
import type { DescribedImage } from '../../lib/core/lineage/image-facts.ts';
import type { Inventory, Layer, Package } from '../../lib/core/sbom/inventory.ts';
import { SCANNER_VERSION } from '../../lib/scanner/scan-image.ts';

const BASES = 200;
const FLAVOURS = 20;
const COMMON = 150;
const OF_FLAVOUR = 50;
const OWN = 100;
/** Images that have the same package of their own. */
const SHARED_BY = 20;
const PLATFORM = { os: 'linux', architecture: 'amd64' } as const;

export interface MadeUp {
  readonly image: DescribedImage;
  readonly inventory: Inventory;
  readonly repository: string;
  readonly team: string;
}

/** Names of packages that an advisory may be about, by how far it reaches. */
export const REACH = {
  'a package of some twenty images': 'own-0-0',
  'a package of a flavour of bases': 'flavour-0-0',
  'a package of every base': 'common-0',
} as const;

/** @param count - clones; their bases are images too */
export function* population(count: number): Generator<MadeUp> {
  const bases = Math.min(BASES, count);
  for (let base = 0; base < bases; base += 1) yield aBase(base);
  for (let at = 0; at < count; at += 1) yield aClone(at, at % bases, count);
}

function aBase(base: number): MadeUp {
  return made(`base-${base}`, 'platform', baseLayers(base), basePackages(base));
}

function aClone(at: number, base: number, count: number): MadeUp {
  const layer = layerOf(`clone ${at}`);
  const packages = Array.from({ length: OWN }, (_, place) => aPackage(own(at, place, count), layer));
  const layers = [...baseLayers(base), layer];
  return made(`app-${at}`, `team-${at % 40}`, layers, [...basePackages(base), ...packages]);
}

/** The same name for images that lie `count / SHARED_BY` apart. */
function own(at: number, place: number, count: number): string {
  const names = Math.max(1, Math.floor(count / SHARED_BY));
  return `own-${at % names}-${place}`;
}

function baseLayers(base: number): readonly Layer[] {
  return [layerOf(`root ${base}`), layerOf(`runtime ${base}`)];
}

function basePackages(base: number): readonly Package[] {
  const [root, runtime] = baseLayers(base);
  if (root === undefined || runtime === undefined) return [];
  const names = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}-${at}`);
  return [
    ...names('common', COMMON).map((name) => aPackage(name, root)),
    ...names(`flavour-${base % FLAVOURS}`, OF_FLAVOUR).map((name) => aPackage(name, runtime)),
  ];
}

function made(name: string, team: string, layers: readonly Layer[], packages: readonly Package[]): MadeUp {
  const digest = contentId(`image ${name}`);
  const created = '2026-11-01T00:00:00.000Z';
  return {
    image: {
      ...{ digest, platform: PLATFORM, created, base: { name: null, digest: null } },
      layers: layers.map((layer) => ({ ...layer, size: 1, mediaType: 'application/vnd.oci.image.layer.v1.tar' })),
    },
    inventory: {
      schemaVersion: 1,
      scanner: { name: 'cavendish', version: SCANNER_VERSION },
      image: digest,
      created,
      distribution: { id: 'debian', versionId: '12', codename: 'bookworm', name: 'Debian GNU/Linux 12' },
      ...{ layers, packages, gaps: [] },
    },
    repository: `${team}/${name}`,
    team,
  };
}

function layerOf(seed: string): Layer {
  const diffId: Digest = contentId(`layer ${seed}`);
  return { diffId, digest: diffId, createdBy: null };
}

function aPackage(name: string, { diffId }: Layer): Package {
  return {
    ...{ type: 'deb', name, version: '2.0', architecture: 'amd64', ecosystem: 'Debian:12' },
    purl: `pkg:deb/debian/${name}@2.0?arch=amd64&distro=debian-12`,
    source: { name, version: '2.0' },
    layer: diffId,
    path: 'var/lib/dpkg/status',
    foundBy: 'dpkg',
  };
}
