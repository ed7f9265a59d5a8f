/**
 * Makes a sighting of reports, in whatever order they come, and however often.
 *
 * What runs at a place may be many units (tasks of a service). Of each the latest report counts; at the
 * same instant, an end. The place runs as long as one of its units does. A unit that has ended is
 * remembered for an hour, so that a report that was overtaken doesn't wake it; then it is let go, since
 * a service has new ones all the time.
 */
import { z } from 'zod';

import { canonicalBytes } from '../canonical/canonical.ts';
import { digestSchema, stageSchema } from '../image/schemas.ts';
import { type Report, type Sighting, SIGHTING_SOURCES, WHOLE } from './sighting.ts';

const unitState = z.object({ at: z.string(), ended: z.boolean() }).readonly();

/** What is kept of some units of a place; several records of a place make its sighting. */
export const recordSchema = z
  .object({
    digest: digestSchema,
    where: z.string(),
    environment: stageSchema,
    image: z.string().nullable(),
    source: z.enum(SIGHTING_SOURCES),
    firstSeen: z.string(),
    lastSeen: z.string().nullable(),
    lastEnd: z.string().nullable(),
    units: z.record(z.string(), unitState).readonly(),
  })
  .readonly();

export type SightingRecord = z.output<typeof recordSchema>;

/** How long a unit that ended is remembered, in milliseconds. */
const REMEMBERED = 60 * 60 * 1000;

export function noteReport(before: SightingRecord | null, report: Report): SightingRecord {
  const { digest, where, at, ended, unit } = report;
  const known = before?.units[unit];
  const overtaken = known !== undefined && (known.at > at || (known.at === at && known.ended));
  const lastSeen = ended ? (before?.lastSeen ?? null) : latest(before?.lastSeen ?? null, at);
  const lastEnd = ended ? latest(before?.lastEnd ?? null, at) : (before?.lastEnd ?? null);
  return {
    digest,
    where,
    ...toldBy(before, report),
    firstSeen: before === null || at < before.firstSeen ? at : before.firstSeen,
    lastSeen,
    lastEnd,
    units: remembered(
      { ...before?.units, ...(!overtaken && { [unit]: { at, ended } }) },
      latest(lastSeen, lastEnd ?? at),
    ),
  };
}

export function runsNow({ units }: Pick<SightingRecord, 'units'>): boolean {
  return Object.values(units).some(({ ended }) => !ended);
}

/** The sighting that the records of one place make; the order of the records counts for nothing. */
export function sightingOf(records: readonly [SightingRecord, ...SightingRecord[]]): Sighting {
  const [first, ...more] = records;
  const newest = more.reduce((one, other) => (comesAfter(rankOf(other), rankOf(one)) ? other : one), first);
  const { digest, where, environment, image, source } = newest;
  const lastEnd = records.reduce<string | null>((end, record) => latest(end, record.lastEnd ?? ''), null);
  return {
    digest,
    where,
    environment,
    image,
    source,
    firstSeen: records.reduce((seen, record) => (record.firstSeen < seen ? record.firstSeen : seen), first.firstSeen),
    lastSeen: newest.lastSeen,
    endedAt: records.some(runsNow) ? null : lastEnd,
  };
}

type Told = Pick<Report, 'environment' | 'image' | 'source'>;

/** Who saw it run last says what it is; ends say so only where nobody ever saw it run. */
function toldBy(before: SightingRecord | null, report: Report): Told {
  const { environment, image, source, at, ended } = report;
  const rank: Rank = { seen: !ended, at, told: { environment, image, source } };
  return before === null || comesAfter(rank, rankOf(before)) ? rank.told : rankOf(before).told;
}

interface Rank {
  readonly seen: boolean;
  readonly at: string;
  readonly told: Told;
}

function rankOf({ lastSeen, lastEnd, environment, image, source }: SightingRecord): Rank {
  return { seen: lastSeen !== null, at: lastSeen ?? lastEnd ?? '', told: { environment, image, source } };
}

/** The content settles a tie, so that every order ends the same. */
function comesAfter(one: Rank, other: Rank): boolean {
  if (one.seen !== other.seen) return one.seen;
  if (one.at !== other.at) return one.at > other.at;
  const [mine, theirs] = [one, other].map(({ told }) => new TextDecoder().decode(canonicalBytes(told)));
  return (mine ?? '') > (theirs ?? '');
}

function latest(known: string | null, at: string): string {
  return known === null || at > known ? at : known;
}

function remembered(units: SightingRecord['units'], newest: string): SightingRecord['units'] {
  const oldest = new Date(Date.parse(newest) - REMEMBERED).toISOString();
  return Object.fromEntries(
    Object.entries(units).filter(([unit, { at, ended }]) => !ended || unit === WHOLE || at >= oldest),
  );
}
