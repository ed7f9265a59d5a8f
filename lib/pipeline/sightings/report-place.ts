/** Takes in what somebody tells of a place: images run there, or ended, or they and no others run there. */
import { CavendishError } from '../../core/errors/error.ts';
import type { Stage } from '../../core/image/stage.ts';
import { type Report, type Sighting, WHOLE } from '../../core/sightings/sighting.ts';
import { namedDigests } from './named-digests.ts';
import { readSightings } from './read-sightings.ts';
import { sight, type SightDependencies } from './sight.ts';
import { takeListing } from './take-listing.ts';

export interface PlaceReport {
  readonly names: readonly string[];
  readonly where: string;
  readonly environment: Stage;
  readonly ended: boolean;
  /** Nothing else runs there. */
  readonly only: boolean;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface ReportedPlace {
  /** As they are now, in the order of the names. */
  readonly sightings: readonly Sighting[];
  /** How many others were found to have ended. */
  readonly othersEnded: number;
}

/** By how much clocks may differ, in milliseconds. */
const MOST_AHEAD = 5 * 60 * 1000;

/**
 * Every name is looked up before anything is written.
 *
 * @throws CavendishError `not-found`, `bad-input` for a name; `bad-input` where none is given, or the instant is yet to come
 */
export async function reportPlace(
  { names, where, environment, ended, only, at }: PlaceReport,
  dependencies: SightDependencies,
): Promise<ReportedPlace> {
  if (names.length === 0 && !only) {
    throw new CavendishError('bad-input', 'no image is named', {
      next: 'Name images; that nothing runs there any more is said by an empty list and --only.',
    });
  }
  if (Date.parse(at) > dependencies.now().getTime() + MOST_AHEAD) {
    // It would count for the latest word until then, whatever is told meanwhile.
    throw new CavendishError('bad-input', `${at} is yet to come`, { next: 'Tell it when it has been seen.' });
  }
  const { register } = dependencies;
  const found = (await Promise.all(names.map((name) => namedDigests(name, register)))).flat();
  const reports = found.map(({ digest, image }): Omit<Report, 'at' | 'ended'> => {
    return { digest, image, where, environment, source: 'cli', unit: WHOLE };
  });
  let othersEnded = 0;
  if (only) {
    const covers = (record: Pick<Report, 'source' | 'where'>): boolean =>
      record.source === 'cli' && record.where === where;
    othersEnded = (await takeListing({ at, runs: reports, covers }, dependencies)).ended;
  } else {
    for (const report of reports) await sight({ ...report, at, ended }, dependencies);
  }
  const digests = [...new Set(found.map(({ digest }) => digest))];
  const read = await Promise.all(digests.map((digest) => readSightings(digest, register)));
  return { sightings: read.flat().filter((sighting) => sighting.where === where), othersEnded };
}
