/**
 * What the scan did not read: the holes in an inventory, each a gap with a name that stays the same
 * from scan to scan.
 */
import { distributionEcosystem } from '../../core/sbom/ecosystem.ts';
import type { Gap } from '../../core/sbom/gap.ts';
import { type Distribution, isOfDistribution } from '../../core/sbom/inventory.ts';
import type { CataloguedImage } from '../catalogers/catalog-image.ts';
import type { Unread } from '../catalogers/cataloger.ts';
import { SYSTEM_DATABASES } from './markers.ts';

export interface Marker {
  readonly path: string;
  readonly ecosystem: string;
}

/** What is not called by the name of its ecosystem. */
const NAMES: ReadonlyMap<string, string> = new Map([['upx', 'Programs packed by UPX']]);

type Seen = Pick<CataloguedImage, 'packages' | 'gaps' | 'unread' | 'database' | 'distribution' | 'ownerOf'>;

/**
 * @param files - entries of all layers that are neither folders nor marks of removal
 * @param markers - what is left of the markers when the layers are joined
 */
export function coverageGaps(catalogued: Seen, markers: readonly Marker[], files: number): readonly Gap[] {
  if (files === 0) {
    return [{ kind: 'empty-image', subject: 'image', message: 'The image holds no files: there is nothing to judge.' }];
  }
  const notOwned = ({ path }: Marker): boolean => catalogued.ownerOf(path) === null;
  const [exceeding, plain] = parted(catalogued.unread.filter(notOwned), ({ exceeds }) => exceeds);
  const unread = Map.groupBy([...markers.filter(notOwned), ...plain], ({ ecosystem }) => ecosystem);
  const system = [...unread.keys()].some((ecosystem) => SYSTEM_DATABASES.has(ecosystem));
  return [
    ...catalogued.gaps,
    ...distributionGaps(catalogued, catalogued.database || system),
    ...databaseGaps(catalogued, system),
    ...[...unread].map(([ecosystem, found]) => unreadEcosystem(ecosystem, found)),
    ...exceeding.map(({ path, why }): Gap => ({ kind: 'limit-exceeded', subject: path, message: `${path} ${why}.` })),
  ];
}

function distributionGaps({ distribution, gaps }: Seen, database: boolean): readonly Gap[] {
  const kind = 'unknown-distribution';
  if (distribution !== null) {
    if (distributionEcosystem(distribution) !== null) return [];
    const message = `The operating system is ${distribution.name}, whose packages Cavendish does not know advisories of.`;
    return [{ kind, subject: releaseOf(distribution), message }];
  }
  if (!database || gaps.some((gap) => gap.kind === kind)) return [];
  const message = 'There is a package database, and no os-release that says which operating system it is of.';
  return [{ kind, subject: 'unnamed', message }];
}

function databaseGaps({ database, packages }: Seen, system: boolean): readonly Gap[] {
  const isNamed = packages.some(({ type }) => isOfDistribution(type));
  if (isNamed || (system && !database)) return [];
  const message = database
    ? 'The package database of the image names no package.'
    : 'The image holds files and no package database: nothing says what they are.';
  return [{ kind: 'no-package-database', subject: 'image', message }];
}

function unreadEcosystem(ecosystem: string, found: readonly (Marker | Unread)[]): Gap {
  const [first = '', ...more] = found.map((one) => ('why' in one ? `${one.path}, which ${one.why}` : one.path)).sort();
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  const message = `${NAMES.get(ecosystem) ?? `Packages of ${ecosystem}`} are present and were not read: ${first}${others}.`;
  return { kind: 'unread-ecosystem', subject: ecosystem, message };
}

function parted<T>(all: readonly T[], is: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}

/** `alpine 3.10.4` */
function releaseOf({ id, versionId }: Distribution): string {
  return versionId === null ? id : `${id} ${versionId}`;
}
