/**
 * The keys of the rows by which things are found: images by their layers, layers by what is in them,
 * placements by what they rest on. docs/data-model.md draws them.
 *
 * Such a row is put once and never changes. Rows may name too many candidates, never too few: who
 * follows them looks again at what they lead to.
 */
import { contentId } from '../canonical/canonical.ts';
import { type Digest, hexOf } from '../image/digest.ts';
import { type Placement, placementName } from '../image/placement.ts';
import type { Stage } from '../image/stage.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Names that come from images may be of any length; what is longer than any real one is known by its digest. */
const LONGEST_NAME = 512;

/** A name as it stands in keys. */
export function nameInKey(name: string): string {
  const wellFormed = name.toWellFormed();
  return wellFormed.length <= LONGEST_NAME ? wellFormed : contentId(wellFormed);
}

/** What is known of an image by its description: `{ image, platform, chain, layers, created, firstSeen, … }`. */
export function factsKey(image: Digest): Key {
  return { pk: imagePartition(image), sk: 'FACTS' };
}

function imagePartition(image: Digest): string {
  return `IMAGE#${image}`;
}

/** A marker: the rows of an image with this set of packages are written. */
export function imageRowsKey(image: Digest, packages: Digest): Key {
  return { pk: imagePartition(image), sk: `ROWS#${packages}` };
}

/** The images whose first layers have this chain ID. */
export function chainPartition(chain: Digest): string {
  return `CHAIN#${chain}`;
}

/**
 * An image under the chain ID of its first layers.
 *
 * @param rest - how many layers it has above those; 0 for its own chain ID
 * @param firstSeen - ISO 8601: of images with as many layers the one seen first comes first
 */
export function chainKey(chain: Digest, rest: number, firstSeen: string, image: Digest): Key {
  return { pk: chainPartition(chain), sk: `${chainRest(rest)}${firstSeen}#${image}` };
}

/** How the sort keys of images begin that have that many layers above the chain. */
export function chainRest(rest: number): string {
  return `${String(rest).padStart(4, '0')}#`;
}

/** The range of the sort keys of images that have layers above the chain. */
export const CHAIN_ABOVE: readonly [string, string] = [chainRest(1), '9999~'];

/** The builds of one name, in the order in which they were first seen. */
export function namePartition(name: string): string {
  return `NAME#${nameInKey(name)}`;
}

export function nameKey(name: string, firstSeen: string, image: Digest): Key {
  return { pk: namePartition(name), sk: `${firstSeen}#${image}` };
}

/** A name of an image: `{ name, shown }`. */
export function imageNameKey(image: Digest, name: string): Key {
  return { pk: imagePartition(image), sk: `${IMAGE_NAME_PREFIX}${nameInKey(name)}` };
}

export const IMAGE_NAME_PREFIX = 'NAME#';

/** The partition of the names of an image: sort keys begin with {@link IMAGE_NAME_PREFIX}. */
export function imageNamesPartition(image: Digest): string {
  return imagePartition(image);
}

/** What a base is approved for: `{ approval }`, null where it was revoked. */
export function baseApprovalKey(image: Digest): Key {
  return { pk: `BASE#${image}`, sk: 'APPROVAL' };
}

/** A change of the approval, in the order of time. */
export function baseChangeKey(image: Digest, at: string, change: Digest): Key {
  return { pk: `BASE#${image}`, sk: `${BASE_CHANGE_PREFIX}${at}#${change}` };
}

export const BASE_CHANGE_PREFIX = 'CHANGE#';

/** The images that people called bases: those that were added, and those that were ever approved. */
export const BASES_PARTITION = 'BASES';

export function baseKey(image: Digest): Key {
  return { pk: BASES_PARTITION, sk: image };
}

/** The layers that brought a package of this advisory bucket, by their diff IDs. */
export function componentPartition(bucketKey: string): string {
  return `COMPONENT#${nameInKey(bucketKey)}`;
}

export function componentKey(bucketKey: string, diffId: Digest): Key {
  return { pk: componentPartition(bucketKey), sk: diffId };
}

/** The advisory buckets of the packages of a name, binary or source. */
export function packagePartition(name: string): string {
  return `PACKAGE#${nameInKey(name)}`;
}

export function packageKey(name: string, bucketKey: string): Key {
  return { pk: packagePartition(name), sk: nameInKey(bucketKey) };
}

/** The partition of a layer: the images that have it begin with {@link LAYER_IMAGE_PREFIX}. */
export function layerPartition(diffId: Digest): string {
  return `LAYER#${diffId}`;
}

export const LAYER_IMAGE_PREFIX = 'IMAGE#';

export function layerImageKey(diffId: Digest, image: Digest): Key {
  return { pk: layerPartition(diffId), sk: `${LAYER_IMAGE_PREFIX}${image}` };
}

/** A marker: the rows of this set of packages of the layer are written. */
export function layerRowsKey(diffId: Digest, packages: Digest): Key {
  return { pk: layerPartition(diffId), sk: `ROWS#${packages}` };
}

/** A marker: the rows of this set of vulnerabilities in the layer are written. */
export function layerVulnerabilitiesKey(diffId: Digest, vulnerabilities: Digest): Key {
  return { pk: layerPartition(diffId), sk: `VULNERABILITIES#${vulnerabilities}` };
}

/** The OSV ecosystems in use, with their releases: `Debian:12`. */
export const ECOSYSTEMS_PARTITION = 'ECOSYSTEMS';

export function ecosystemKey(ecosystem: string): Key {
  return { pk: ECOSYSTEMS_PARTITION, sk: nameInKey(ecosystem) };
}

/** The layers with findings of a vulnerability, under each of its names: sort keys begin with {@link IN_LAYER_PREFIX}. */
export function vulnerabilityPartition(id: string): string {
  return `VULNERABILITY#${nameInKey(id)}`;
}

export const IN_LAYER_PREFIX = 'IN#';

export function vulnerabilityLayerKey(id: string, diffId: Digest): Key {
  return { pk: vulnerabilityPartition(id), sk: `${IN_LAYER_PREFIX}${diffId}` };
}

/** A placement whose verdict rests on a gap of feeds, for a stage: `{ settled }`. */
export function unsettledKey(placement: Placement, stage: Stage): Key {
  return { pk: `UNSETTLED#${shard(placement.digest)}`, sk: `${placementName(placement)}#${stage}` };
}

export function unsettledPartitions(): readonly string[] {
  return shards('UNSETTLED');
}

/** Which versions of feeds the last round of feeds was planned for. */
export function plannedFeedsKey(): Key {
  return { pk: 'FEEDS', sk: 'PLANNED' };
}

/** What one cause had judged again; the cause by its id. */
export function causePartition(cause: Digest): string {
  return `CAUSE#${cause}`;
}

export function causeHeadKey(cause: Digest): Key {
  return { pk: causePartition(cause), sk: 'HEAD' };
}

/** A page of what is to be judged again, from 0. */
export function causePageKey(cause: Digest, page: number): Key {
  return { pk: causePartition(cause), sk: `${CAUSE_PAGE_PREFIX}${pageNumber(page)}` };
}

export const CAUSE_PAGE_PREFIX = 'PAGE#';

/** A marker: the page is judged. */
export function causeDoneKey(cause: Digest, page: number): Key {
  return { pk: causePartition(cause), sk: `${CAUSE_DONE_PREFIX}${pageNumber(page)}` };
}

export const CAUSE_DONE_PREFIX = 'DONE#';

/** Which pages a telling of the round is about, from 1. */
export function causeToldKey(cause: Digest, part: number): Key {
  return { pk: causePartition(cause), sk: `${CAUSE_TOLD_PREFIX}${pageNumber(part)}` };
}

export const CAUSE_TOLD_PREFIX = 'TOLD#';

/** A verdict that the cause changed, and that is news. */
export function causeChangedKey(cause: Digest, placement: Placement, stage: Stage): Key {
  return { pk: causePartition(cause), sk: `${CAUSE_CHANGED_PREFIX}${placementName(placement)}#${stage}` };
}

export const CAUSE_CHANGED_PREFIX = 'CHANGED#';

/** A version of a feed that was set aside; what came and was no feed is known by the digest of what is said of it. */
export function quarantineKey(feed: string, arrival: Digest): Key {
  return { pk: QUARANTINE_PARTITION, sk: `${feed}#${arrival}` };
}

export const QUARANTINE_PARTITION = 'QUARANTINE';

function pageNumber(page: number): string {
  return String(page).padStart(8, '0');
}

function shard(digest: Digest): string {
  return hexOf(digest).slice(0, 2);
}

function shards(name: string): readonly string[] {
  return Array.from({ length: 256 }, (_, at) => `${name}#${at.toString(16).padStart(2, '0')}`);
}
