/**
 * The keys of the register: which item lies where. docs/data-model.md draws them.
 */
import { type Digest, hexOf } from '../image/digest.ts';
import { type Placement, placementName } from '../image/placement.ts';
import type { Stage } from '../image/stage.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** How many partitions of the board an asset is spread over. */
const BOARD_SHARDS = 4;

export function placementPartition(placement: Placement): string {
  return `PLACEMENT#${placementName(placement)}`;
}

/** The current verdict of a placement for a stage. */
export function currentKey(placement: Placement, stage: Stage): Key {
  return { pk: placementPartition(placement), sk: `CURRENT#${stage}` };
}

/** An assessment in the history of its placement, in the order of time. */
export function placedAssessmentKey(placement: Placement, at: string, id: Digest): Key {
  return { pk: placementPartition(placement), sk: `ASSESSMENT#${at}#${id}` };
}

/** An assessment by its identity, or by the beginning of it. */
export function assessmentKey(id: Digest): Key {
  const hex = hexOf(id);
  return { pk: assessmentPartition(hex), sk: hex };
}

/** At least two hexadecimal digits are needed to know the partition. */
export function assessmentPartition(hex: string): string {
  return `ASSESSMENT#${hex.slice(0, 2)}`;
}

/** What a repository, tag, platform and stage last told people. An untagged image speaks for its repository. */
export function channelKey(placement: Placement, tag: string | null, platform: string, stage: Stage): Key {
  const { account, region, registry, repository } = placement;
  return {
    pk: `CHANNEL#${account}/${region}/${registry}/${repository}`,
    sk: `${tag ?? ''}#${platform}#${stage}`,
  };
}

/** The inventory of an image, by the scanner that made it. */
export function inventoryKey(image: Digest, scannerVersion: string): Key {
  return { pk: `IMAGE#${image}`, sk: `SBOM#${scannerVersion}` };
}

/** What a scanner read in a layer. */
export function layerKey(diffId: Digest, scannerVersion: string): Key {
  return { pk: `LAYER#${diffId}`, sk: `SCAN#${scannerVersion}` };
}

/** When a vulnerability without a publication date was first seen here. */
export function firstSightKey(vulnerability: string): Key {
  return { pk: `VULNERABILITY#${vulnerability}`, sk: 'FIRST-SIGHT' };
}

/** The board lists current verdicts by asset; a repository that no asset names is under the empty name. */
export function boardKey(asset: string | null, placement: Placement, platform: string, stage: Stage): Key {
  const shard = Number.parseInt(hexOf(placement.digest).slice(0, 2), 16) % BOARD_SHARDS;
  return {
    pk: boardPartition(asset, shard),
    sk: `${placement.repository}#${placement.digest}#${platform}#${stage}`,
  };
}

export function boardPartitions(asset: string | null): readonly string[] {
  return Array.from({ length: BOARD_SHARDS }, (_, shard) => boardPartition(asset, shard));
}

function boardPartition(asset: string | null, shard: number): string {
  return `BOARD#${asset ?? ''}#${String(shard)}`;
}

/** Placements by the beginning of their digest. */
export function digestKey(placement: Placement): Key {
  const hex = hexOf(placement.digest);
  return { pk: digestPartition(hex), sk: `${hex}#${placementName(placement)}` };
}

/** At least two hexadecimal digits are needed to know the partition. */
export function digestPartition(hex: string): string {
  return `DIGEST#${hex.slice(0, 2)}`;
}

export const ASSETS_PARTITION = 'ASSETS';

/** An asset that has been judged: the list by which the board is read. */
export function assetKey(asset: string | null): Key {
  return { pk: ASSETS_PARTITION, sk: `ASSET#${asset ?? ''}` };
}

/**
 * What is known of a repository of a registry that only tells of itself by events: a mirror of what it
 * holds. (The embedded registry keeps its own names under `REGISTRY#name`.)
 */
export function mirrorPartition({ account, region, registry, repository }: Omit<Placement, 'digest'>): string {
  return `REGISTRY#${account}/${region}/${registry}/${repository}`;
}

/** A manifest that the registry held when it was last asked. */
export function mirrorKey(placement: Placement): Key {
  return { pk: mirrorPartition(placement), sk: `${MIRROR_PREFIX}${placement.digest}` };
}

export const MIRROR_PREFIX = 'IMAGE#';

/** That an index of the repository lists the manifest. */
export function mirrorListedKey(placement: Placement): Key {
  return { pk: mirrorPartition(placement), sk: `LISTED#${placement.digest}` };
}

/** What another scanner says of a placement. */
export function secondOpinionKey(placement: Placement, scanner: string): Key {
  return { pk: placementPartition(placement), sk: `${SECOND_OPINION_PREFIX}${scanner}` };
}

export const SECOND_OPINION_PREFIX = 'SECOND-OPINION#';

/** Where a sweep that ended early goes on. */
export const SWEEP_CURSOR: Key = { pk: 'SWEEP', sk: 'RECONCILE' };
