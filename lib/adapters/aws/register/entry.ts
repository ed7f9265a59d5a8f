/**
 * An outbox entry as an item of the table, under `OUTBOX#<id>`.
 *
 * It is never deleted, since its id is never put again: what is done leaves an item without a body and
 * outside of the index.
 *
 * | attribute | what it is |
 * | --- | --- |
 * | `type`, `body` | of the entry; the body as canonical JSON |
 * | `state` | `waiting`, `buried`, `done` |
 * | `due` | milliseconds since 1970: 0 when new, the end of the lease while claimed, then the next try |
 * | `place` | its rank by insertion (order.ts) |
 * | `duePk`, `dueOrder` | its key in the index `due` |
 * | `attempt`, `at` | how often it was claimed, and first when (ISO 8601) |
 * | `held`, `owner`, `lapsed` | 1 while somebody has it; which claim that is; how often one lapsed |
 * | `cause` | why it was put back or set aside |
 */
import { LIMITS, sizeEntry } from '../../../pipeline/ports/register-limits.ts';
import type { Body, OutboxEntry } from '../../../pipeline/ports/register-store.ts';
import { DUE_INDEX, OUTBOX, OUTBOX_ATTRIBUTES, TABLE_KEY } from '../../../stacks/register-table/names.ts';
import { type Attributes, bodyOf, keyAttributes, textOf } from './item.ts';

/** How many partitions of the index what waits is spread over. */
const SHARDS = 4;

export const WAITING_PARTITIONS: readonly string[] = Array.from({ length: SHARDS }, (_, shard) => `DUE#${shard}`);
export const BURIED_PARTITION = 'BURIED';

export function waitingPartition(id: string): string {
  const sum = [...id].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
  return `DUE#${sum % SHARDS}`;
}

export function entryKey(id: string): Attributes {
  return keyAttributes({ pk: `${OUTBOX.partitionPrefix}${id}`, sk: OUTBOX.sort });
}

export function idOf(attributes: Attributes): string {
  return textOf(attributes, TABLE_KEY.partition).slice(OUTBOX.partitionPrefix.length);
}

/** A new entry. */
export function newEntry({ id, type }: OutboxEntry, body: string, place: string): Attributes {
  return {
    ...entryKey(id),
    [OUTBOX_ATTRIBUTES.type]: { S: type },
    [OUTBOX_ATTRIBUTES.body]: { S: body },
    state: { S: 'waiting' },
    due: { N: '0' },
    place: { N: place },
    attempt: { N: '0' },
    held: { N: '0' },
    lapsed: { N: '0' },
    [DUE_INDEX.partition]: { S: waitingPartition(id) },
    [DUE_INDEX.sort]: { N: place },
  };
}

/**
 * An entry as the table's stream shows it: what was left, and under which name it is taken.
 *
 * @throws CavendishError `integrity-failed` where it lacks something
 */
export function readEntry(image: Attributes): { readonly id: string; readonly type: string; readonly body: Body } {
  return { id: idOf(image), type: textOf(image, OUTBOX_ATTRIBUTES.type), body: bodyOf(image) };
}

/** Bytes of a cause that are kept, where the entry leaves room for them. */
const LONGEST_CAUSE = 2048;
/** Bytes that every entry has room for: what `OVERHEAD` counts and the attributes above do not use. */
const SHORTEST_CAUSE = 48;

/** The beginning of a cause that the item has room for: an entry that can't be put back would be stuck. */
export function causeThatFits(entry: OutboxEntry, cause: string): string {
  const room = LIMITS.item - sizeEntry(entry).size;
  const bytes = Math.max(SHORTEST_CAUSE, Math.min(LONGEST_CAUSE, room));
  const text = cause.toWellFormed();
  const whole = new TextEncoder().encode(text);
  if (whole.length <= bytes) return text === '' ? 'no cause given' : text;
  // A character that was cut in two falls away.
  return `${new TextDecoder().decode(whole.subarray(0, bytes - 3)).replace(/\uFFFD+$/u, '')}…`;
}
