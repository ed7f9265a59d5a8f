/** The keys of what runs where, and of what indexes list. docs/data-model.md draws them. */
import { type Digest, hexOf } from '../image/digest.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** How many partitions of the index what runs is spread over. */
const RUNNING_SHARDS = 4;
/** How many items the units of one place are spread over: a deployment starts and ends many at once. */
const SLOTS = 16;

/** All that is known of where a digest runs or ran. */
export function sightedPartition(digest: Digest): string {
  return `SIGHTED#${digest}`;
}

/** @param unit - '' for the place as a whole, which has an item of its own */
export function sightedKey(digest: Digest, where: string, unit: string): Key {
  return { pk: sightedPartition(digest), sk: `${where}#${slotOf(unit)}` };
}

/** The list of what runs, in the index `board`. */
export function runningKey(digest: Digest, where: string, unit: string): Key {
  const shard = Number.parseInt(hexOf(digest).slice(0, 2), 16) % RUNNING_SHARDS;
  return { pk: runningPartition(shard), sk: `${digest}#${where}#${slotOf(unit)}` };
}

export function runningPartitions(): readonly string[] {
  return Array.from({ length: RUNNING_SHARDS }, (_, shard) => runningPartition(shard));
}

function runningPartition(shard: number): string {
  return `RUNNING#${String(shard)}`;
}

function slotOf(unit: string): string {
  if (unit === '') return '';
  let sum = 0;
  for (const letter of unit) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return (sum % SLOTS).toString(SLOTS);
}

/** That an image index lists an image. */
export function indexMemberKey(index: Digest, image: Digest): Key {
  return { pk: indexPartition(index), sk: `${MEMBER_PREFIX}${image}` };
}

export function indexPartition(index: Digest): string {
  return `INDEX#${index}`;
}

export const MEMBER_PREFIX = 'IMAGE#';

/** The same, from the image. */
export function inIndexKey(image: Digest, index: Digest): Key {
  return { pk: `IMAGE#${image}`, sk: `${IN_INDEX_PREFIX}${index}` };
}

export const IN_INDEX_PREFIX = 'INDEX#';
