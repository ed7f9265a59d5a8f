/** What running somewhere changes for a current verdict. */
import type { Current } from '../register/current.ts';
import type { Sighting } from './sighting.ts';

/** @param running - the sightings of the image that have not ended */
export function runsInProduction(running: readonly Sighting[]): boolean {
  return running.some(({ environment }) => environment === 'production');
}

/**
 * Whether a current verdict counts. One that a sighting asked for does as long as the image runs in
 * production; one for a stage that the appetite took away never; one whose image was replaced, or left its registry, as long as the image runs anywhere.
 *
 * @param running - the sightings of the image that have not ended
 */
export function counts(
  { superseded, gone, sighted, retired }: Pick<Current, 'superseded' | 'gone' | 'sighted' | 'retired'>,
  running: readonly Sighting[],
): boolean {
  if (retired) return false;
  if (sighted) return runsInProduction(running);
  return (!superseded && gone === null) || running.length > 0;
}
