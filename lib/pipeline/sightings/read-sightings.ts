/** Reads what is known of where things run. */
import type { Digest } from '../../core/image/digest.ts';
import { runningPartitions, sightedPartition } from '../../core/register/sighting-keys.ts';
import { recordSchema, sightingOf, type SightingRecord } from '../../core/sightings/note-report.ts';
import { isRunning, type Sighting } from '../../core/sightings/sighting.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';

/** The sightings of a digest, ended ones too, by where. */
export async function readSightings(digest: Digest, register: RegisterStore): Promise<readonly Sighting[]> {
  return joined(await readRecords(digest, register));
}

/** The records of a digest; only those of a place where one is named. */
export async function readRecords(
  digest: Digest,
  register: RegisterStore,
  where?: string,
): Promise<readonly SightingRecord[]> {
  const pk = sightedPartition(digest);
  const items = await readAll(register, where === undefined ? { pk } : { pk, beginsWith: `${where}#` });
  return items.map(({ body }) => recordSchema.parse(body)).filter((one) => where === undefined || one.where === where);
}

/**
 * All that runs, by digest and where: a list for people and for those who compare it with what is true. It
 * may lag behind what was written a moment ago.
 */
export async function listRunning(register: RegisterStore): Promise<readonly Sighting[]> {
  const digests = new Set((await listRunningRecords(register)).map(({ digest }) => digest));
  const all = await Promise.all([...digests].sort().map((digest) => readSightings(digest, register)));
  return all.flat().filter(isRunning);
}

/** Only the records of units that run; those of the others may say more of when a place was first seen. */
export async function listRunningRecords(register: RegisterStore): Promise<readonly SightingRecord[]> {
  const pages = await Promise.all(runningPartitions().map((pk) => readAll(register, { pk, index: 'board' })));
  return pages.flat().map(({ body }) => recordSchema.parse(body));
}

function joined(records: readonly SightingRecord[]): readonly Sighting[] {
  const places = new Map<string, [SightingRecord, ...SightingRecord[]]>();
  for (const record of records) {
    const name = `${record.digest} ${record.where}`;
    const same = places.get(name);
    if (same === undefined) places.set(name, [record]);
    else same.push(record);
  }
  return [...places.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, same]) => sightingOf(same));
}
