/** Reads the board: the current verdict of every placement, in the order of repository and digest. */
import { type Current, readCurrent } from '../../core/register/current.ts';
import { ASSETS_PARTITION, boardPartitions } from '../../core/register/keys.ts';
import { counts } from '../../core/sightings/standing.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { type Running, runningImages } from '../sightings/running.ts';
import { readAll } from './read-all.ts';

export { readAll };

interface Asked {
  /**
   * Also images whose every tag has gone to another image, those that the registry no longer holds, and
   * verdicts for where an image ran once; without it only those of them that count since they run.
   */
  readonly all: boolean;
  /** What runs of each image, where that is known: else it is read. */
  readonly running?: Running;
}

export async function readBoard(register: RegisterStore, asked: Asked): Promise<readonly Current[]> {
  const assets = await readAll(register, { pk: ASSETS_PARTITION });
  const partitions = assets.flatMap(({ sk }) => boardPartitions(assetIn(sk)));
  const pages = await Promise.all(partitions.map((pk) => readAll(register, { pk, index: 'board' })));
  const currents = pages.flat().map((item) => readCurrent(item));
  const shown = asked.all ? currents : await countingOf(currents, register, asked.running);
  return shown.sort((a, b) => order(sortKey(a), sortKey(b)));
}

async function countingOf(currents: readonly Current[], register: RegisterStore, known?: Running): Promise<Current[]> {
  if (currents.every((current) => counts(current, []))) return [...currents];
  const running = known ?? (await runningImages(register));
  return currents.filter((current) => counts(current, running.get(current.placement.digest) ?? []));
}

function assetIn(sk: string): string | null {
  const id = sk.slice('ASSET#'.length);
  return id === '' ? null : id;
}

function sortKey({ placement, platform, stage }: Current): string {
  return [placement.repository, placement.digest, platform, stage].join(' ');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
