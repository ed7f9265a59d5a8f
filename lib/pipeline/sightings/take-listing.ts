/**
 * Takes in a listing of all that runs somewhere: what is in it runs, and what ran there before and is not
 * in it has ended. So an end that nobody told is found.
 */
import type { Digest } from '../../core/image/digest.ts';
import type { SightingRecord } from '../../core/sightings/note-report.ts';
import type { Report } from '../../core/sightings/sighting.ts';
import { listRunningRecords } from './read-sightings.ts';
import { sight, type SightDependencies } from './sight.ts';

type Running = Omit<Report, 'at' | 'ended'>;

export interface Listing {
  /** When the listing began (ISO 8601, UTC): what was seen since is not ended by it. */
  readonly at: string;
  /** Read to its end before anything ends: one that fails ends nothing. */
  readonly runs: AsyncIterable<Running> | Iterable<Running>;
  /** Whether the listing would show it if it still ran. */
  readonly covers: (record: Pick<SightingRecord, 'source' | 'where'>) => boolean;
}

export interface TakenListing {
  readonly running: number;
  readonly ended: number;
}

/** What runs on is written once in this time, in seconds: a listing says the same every few minutes. */
const LAST_SEEN_SECONDS = 3600;

export async function takeListing(listing: Listing, dependencies: SightDependencies): Promise<TakenListing> {
  const { at, runs, covers } = listing;
  // Before the listing: what begins meanwhile is not taken for ended.
  const known = unitsOf((await listRunningRecords(dependencies.register)).filter(covers));
  const seen = new Set<string>();
  for await (const one of runs) {
    const name = nameOf(one);
    if (!seen.has(name) && !isFresh(known.get(name), one, at)) await sight({ ...one, at, ended: false }, dependencies);
    seen.add(name);
  }
  let ended = 0;
  for (const [name, { told, since }] of known) {
    if (seen.has(name) || since >= at) continue;
    await sight({ ...told, at, ended: true }, dependencies);
    ended += 1;
  }
  return { running: seen.size, ended };
}

interface KnownUnit {
  readonly told: Running;
  /** When it was last written that it runs. */
  readonly since: string;
}

function unitsOf(records: readonly SightingRecord[]): ReadonlyMap<string, KnownUnit> {
  const units = records.flatMap(({ digest, where, environment, image, source, units: states }) =>
    Object.entries(states).flatMap(([unit, { at, ended }]) => {
      const told = { digest, where, environment, image, source, unit };
      return ended ? [] : [[nameOf(told), { told, since: at }] as const];
    }),
  );
  return new Map(units);
}

/** Nothing new, but that it still runs. */
function isFresh(known: KnownUnit | undefined, one: Running, at: string): boolean {
  if (known?.told.environment !== one.environment || known.told.image !== one.image) return false;
  return Date.parse(at) - Date.parse(known.since) < LAST_SEEN_SECONDS * 1000;
}

function nameOf({ digest, where, unit }: { readonly digest: Digest; readonly where: string; readonly unit: string }) {
  return JSON.stringify([digest, where, unit]);
}
