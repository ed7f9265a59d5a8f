/** The keys of the risk register. docs/data-model.md draws them. */
import { contentId } from '../canonical/canonical.ts';
import { hexOf } from '../image/digest.ts';
import { type Placement, placementName } from '../image/placement.ts';
import type { Stage } from '../image/stage.ts';
import { nameInKey } from './index-keys.ts';
import { placementPartition } from './keys.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** How many partitions of the list an asset's risks are spread over. */
const LIST_SHARDS = 4;

/** A risk as it is now. */
export function riskKey(id: string): Key {
  return { pk: riskPartition(id), sk: 'STATE' };
}

export function riskPartition(id: string): string {
  return `RISK#${id}`;
}

/**
 * A change of a risk, in the order in which changes were recorded.
 *
 * @param count - which change of the risk it is, from 1
 */
export function riskChangeKey(id: string, at: string, count: number): Key {
  return { pk: riskPartition(id), sk: `${RISK_CHANGE_PREFIX}${at}#${String(count).padStart(8, '0')}` };
}

export const RISK_CHANGE_PREFIX = 'CHANGE#';

/** The range of the changes that were recorded by an instant, itself included. */
export function riskChangesUntil(at: string): readonly [string, string] {
  return [RISK_CHANGE_PREFIX, `${RISK_CHANGE_PREFIX}${at}#~`];
}

/**
 * That a placement has the risk, or had it.
 *
 * @param since - when the placement was first folded (ISO 8601): what came last is found first
 */
export function placedRiskKey(id: string, since: string, placement: Placement, stage: Stage): Key {
  return { pk: riskPartition(id), sk: `${PLACED_PREFIX}${since}#${placementName(placement)}#${stage}` };
}

export const PLACED_PREFIX = 'PLACED#';

/** By which a risk is found: the asset, the package, one name of the vulnerability. */
export function riskLookupKey(
  { asset, type, source }: { readonly asset: string; readonly type: string; readonly source: string },
  vulnerability: string,
): Key {
  const subject = contentId([asset, type, source]);
  return { pk: `RISK-OF#${hexOf(subject)}`, sk: nameInKey(vulnerability) };
}

/** What of a placement stands in the risk register. */
export function foldedKey(placement: Placement): Key {
  return { pk: placementPartition(placement), sk: 'FOLDED' };
}

/** The assets that have risks. */
export const RISK_ASSETS_PARTITION = 'RISK-ASSETS';

export function riskAssetKey(asset: string): Key {
  return { pk: RISK_ASSETS_PARTITION, sk: nameInKey(asset) };
}

/** The list of an asset's risks, in the index `board`. */
export function riskListKey(asset: string, id: string): Key {
  return { pk: listPartition(asset, (id.codePointAt(id.length - 1) ?? 0) % LIST_SHARDS), sk: id };
}

export function riskListPartitions(asset: string): readonly string[] {
  return Array.from({ length: LIST_SHARDS }, (_, shard) => listPartition(asset, shard));
}

function listPartition(asset: string, shard: number): string {
  return `RISKS#${nameInKey(asset)}#${String(shard)}`;
}
