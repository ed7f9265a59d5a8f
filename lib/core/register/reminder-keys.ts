/** The keys of reminders: where each ladder stands, what was told, and what is due when. docs/data-model.md draws them. */
import { contentId } from '../canonical/canonical.ts';
import { hexOf } from '../image/digest.ts';
import type { LadderName } from '../reminders/dated.ts';
import type { Rung } from '../reminders/ladder.ts';
import type { End } from '../time/end.ts';
import { nameInKey } from './index-keys.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Over so many partitions ladders are spread: all of them are read once a day, and none may be missed. */
const SHARDS = 16;

/** Where a ladder stands. */
export function reminderKey({ kind, subject }: LadderName): Key {
  const name = `${kind}#${nameInKey(subject)}`;
  const shard = Number.parseInt(hexOf(contentId(name)).slice(0, 2), 16) % SHARDS;
  return { pk: shardPartition(shard), sk: name };
}

export function reminderPartitions(): readonly string[] {
  return Array.from({ length: SHARDS }, (_, shard) => shardPartition(shard));
}

function shardPartition(shard: number): string {
  return `REMINDERS#${String(shard).padStart(2, '0')}`;
}

/** What was told of one ladder: {@link toldKey}. */
export function reminderPartition({ kind, subject }: LadderName): string {
  return `REMINDER#${kind}#${nameInKey(subject)}`;
}

/** That a rung of a date was told to somebody. The hour of a rung may become another, its name does not. */
export function toldKey(ladder: LadderName, due: Pick<End, 'at'>, { name }: Pick<Rung, 'name'>, reader: string): Key {
  return { pk: reminderPartition(ladder), sk: `RUNG#${due.at}#${name}#${nameInKey(reader)}` };
}

/** That somebody said that they know: who, when, why, until when, and of which date. */
export function acknowledgementKey(ladder: LadderName, at: string): Key {
  return { pk: reminderPartition(ladder), sk: `ACK#${at}` };
}

/**
 * A ladder whose next rung is at that instant, in a partition for each month. A row stays when the date moves: who
 * follows it asks the ladder what is owed.
 */
export function reminderDueKey(at: string, { kind, subject }: LadderName): Key {
  return { pk: reminderDuePartition(at), sk: `${at}#${kind}#${nameInKey(subject)}` };
}

/** @param at - any instant of a month (ISO 8601, UTC) */
export function reminderDuePartition(at: string): string {
  return `REMINDER-DUE#${at.slice(0, 7)}`;
}

/** Up to which instant what is due was sent. */
export const REMINDER_DUE_CURSOR: Key = { pk: 'REMINDER-DUE-CURSOR', sk: 'THROUGH' };

/** The day (UTC) of which every ladder was looked at, and the timers made right. */
export const REMINDER_DAY_CURSOR: Key = { pk: 'REMINDER-DUE-CURSOR', sk: 'DAY' };
