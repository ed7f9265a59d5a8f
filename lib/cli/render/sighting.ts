/** Sightings as people read them. */
import { shortDigest } from '../../core/image/digest.ts';
import { isRunning, type Sighting } from '../../core/sightings/sighting.ts';
import { plainLine } from '../../core/text/plain.ts';
import type { Colours } from './colours.ts';
import { table } from './table.ts';

export function sightingLine(sighting: Sighting): string {
  const { where, environment, firstSeen, endedAt } = sighting;
  const place = `${where} (${environment})`;
  return isRunning(sighting)
    ? `${nameOf(sighting)}  runs in ${place} since ${minute(firstSeen)} UTC`
    : `${nameOf(sighting)}  no longer runs in ${place}, as of ${minute(endedAt)} UTC`;
}

export function sightingsTable(sightings: readonly Sighting[], colours: Colours): readonly string[] {
  const head = ['IMAGE', 'WHERE', 'ENVIRONMENT', 'FIRST SEEN (UTC)', 'LAST SEEN', 'ENDED', 'DIGEST'].map(colours.faint);
  const rows = sightings.map((sighting) => [
    nameOf(sighting),
    sighting.where,
    sighting.environment,
    minute(sighting.firstSeen),
    minute(sighting.lastSeen),
    minute(sighting.endedAt),
    shortDigest(sighting.digest),
  ]);
  return table([head, ...rows]);
}

function nameOf({ image, digest }: Sighting): string {
  return image === null ? shortDigest(digest) : plainLine(image.split('@', 1)[0] ?? image);
}

function minute(instant: string | null): string {
  return instant === null ? '-' : instant.slice(0, 16).replace('T', ' ');
}
