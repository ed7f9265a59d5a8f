/**
 * Takes in a listing of all that runs somewhere: what is in it runs, and what ran there before and is not
 * in it has ended. So an end that nobody told is found.
 */
import type { Digest } from '../../core/image/digest.ts';
import type { SightingRecord } from '../../core/sightings/note-report.ts';
import type { Report } from '../../core/sightings/sighting.ts';
import { listRunningRecords } from './read-sightings.ts';
import { sight, type SightDependencies } from './sight.ts';

export interface Listing {
  /** When the listing began (ISO 8601, UTC): what was seen since is not ended by it. */
  readonly at: string;
  /** Read to its end before anything ends: one that fails ends nothing. */
  readonly runs: AsyncIterable<Omit<Report, 'at' | 'ended'>> | Iterable<Omit<Report, 'at' | 'ended'>>;
  /** Whether the listing would show it if it still ran. */
  readonly covers: (record: Pick<SightingRecord, 'source' | 'where'>) => boolean;
}

export interface TakenListing {
  readonly running: number;
  readonly ended: number;
}

/** What runs on is written once in this time, in seconds: a listing says the same every few minutes. */
const LAST_SEEN_SECONDS = 3600;

export async function takeListing(
  { at, runs, covers }: Listing,
  dependencies: SightDependencies,
): Promise<TakenListing> {
  // Before the listing: what begins meanwhile is not taken for ended.
  const known = (await listRunningRecords(dependencies.register)).filter(covers);
  const seen = new Set<string>();
  for await (const one of runs) {
    seen.add(nameOf(one));
    await sight({ ...one, at, ended: false }, dependencies, { lastSeenSeconds: LAST_SEEN_SECONDS });
  }
  let ended = 0;
  for (const record of known) {
    const { digest, where, environment, image, source } = record;
    for (const [unit, state] of Object.entries(record.units)) {
      if (state.ended || state.at >= at || seen.has(nameOf({ digest, where, unit }))) continue;
      await sight({ digest, where, environment, image, source, unit, at, ended: true }, dependencies);
      ended += 1;
    }
  }
  return { running: seen.size, ended };
}

function nameOf({ digest, where, unit }: { readonly digest: Digest; readonly where: string; readonly unit: string }) {
  return JSON.stringify([digest, where, unit]);
}
