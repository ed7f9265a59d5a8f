/**
 * Quarantine: what may not be believed of a feed that arrives by itself. It is set aside, and the last good
 * one stays, until a person releases or rejects it.
 *
 * A feed that lost a part of its records would make what they speak of look clean; one that grew without
 * measure hides what is new. How much may change grows with the days between the two versions.
 */
import { counted } from '../text/plain.ts';
import type { Feed } from './feed.ts';
import type { QuarantineBounds } from './quarantine-bounds.ts';

export const QUARANTINE_REASONS = [
  'shrinks',
  'grows',
  'narrows',
  'goes-back',
  'stale',
  'from-the-future',
  'malformed',
  'elsewhere',
] as const;

/**
 * `narrows`: it no longer answers for an ecosystem that the version before did. `malformed`: its hash or its schema
 * fails. `elsewhere`: its address sends to a host that is not listed.
 */
export type QuarantineReasonKind = (typeof QUARANTINE_REASONS)[number];

export interface QuarantineReason {
  readonly kind: QuarantineReasonKind;
  /** For people: one sentence without its full stop. */
  readonly message: string;
}

export interface Arrival {
  /** What is held; null where nothing is. */
  readonly before: Feed | null;
  readonly after: Feed;
  /** When it arrived (ISO 8601). */
  readonly at: string;
}

const DAY = 86_400_000;
/** Clocks differ, and a day's figures are published under its own first instant. */
const AHEAD = DAY;

/** None where it can be believed. */
export function reasonsAgainst({ before, after, at }: Arrival, bounds: QuarantineBounds): readonly QuarantineReason[] {
  return [
    ...(before === null
      ? []
      : [...change(before, after, bounds), ...narrows(before, after), ...goesBack(before, after)]),
    ...age(after, at, bounds),
  ];
}

/** The greatest change of a number of records in so many days that is believed, in records. */
export function believedChange(
  { share, perDay, records }: QuarantineBounds['grow'],
  held: number,
  days: number,
): number {
  return Math.max(records, (share + perDay * Math.max(0, days)) * held);
}

function change(before: Feed, after: Feed, bounds: QuarantineBounds): readonly QuarantineReason[] {
  const days = (Date.parse(after.date) - Date.parse(before.date)) / DAY;
  const difference = after.count - before.count;
  const kind = difference < 0 ? 'shrinks' : 'grows';
  const believed = believedChange(difference < 0 ? bounds.shrink : bounds.grow, before.count, days);
  if (before.count === 0 || Math.abs(difference) <= believed) return [];
  const message =
    `it ${kind} from ${counted(before.count, 'record')} to ${String(after.count)} (${percent(difference / before.count)}) ` +
    `in ${counted(Math.max(0, Math.floor(days)), 'day')}; ${counted(Math.floor(believed), 'record')} would be believed`;
  return [{ kind, message }];
}

function narrows(before: Feed, after: Feed): readonly QuarantineReason[] {
  const now = new Set(after.completeFor.map(({ ecosystem }) => ecosystem));
  const lost = before.completeFor.map(({ ecosystem }) => ecosystem).filter((one) => !now.has(one));
  if (lost.length === 0) return [];
  const named = lost.slice(0, 10).join(', ');
  return [{ kind: 'narrows', message: `it no longer answers for ${named}${lost.length > 10 ? ' and others' : ''}` }];
}

function goesBack(before: Feed, after: Feed): readonly QuarantineReason[] {
  if (after.date >= before.date) return [];
  return [{ kind: 'goes-back', message: `it is of ${after.date}, and what is held is of ${before.date}` }];
}

function age({ kind, date }: Feed, at: string, { staleDays }: QuarantineBounds): readonly QuarantineReason[] {
  const old = Date.parse(at) - Date.parse(date);
  if (old < -AHEAD) return [{ kind: 'from-the-future', message: `it is of ${date}, later than it arrived` }];
  if (old <= staleDays[kind] * DAY) return [];
  const days = counted(Math.floor(old / DAY), 'day');
  return [
    { kind: 'stale', message: `it is ${days} old when it arrives; ${counted(staleDays[kind], 'day')} is believed` },
  ];
}

function percent(part: number): string {
  return `${part > 0 ? '+' : ''}${(part * 100).toFixed(1)} %`;
}
