/**
 * Which granted exceptions are in force where something is judged: read consistently, each time.
 *
 * An instant in the past gives the answer of then: a grant counts from its instant until it ended, and what
 * ended it stands in its row.
 */
import { countsAt, type CoversRow, readCoversRow } from '../../core/exceptions/covers-row.ts';
import type { Grant } from '../../core/exceptions/exception.ts';
import { isInPlace, type Place } from '../../core/exceptions/place.ts';
import type { Digest } from '../../core/image/digest.ts';
import {
  COVERS_REPOSITORIES,
  coversAssetPartition,
  coversBasePartition,
  coversDigestPartition,
} from '../../core/register/exception-keys.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { readDocument } from '../judge-image/read-document.ts';
import { rowsOf } from '../lineage/follow-rows.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';

interface Stores {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
}

/** @returns in the order of their digests */
export async function grantsFor(
  { at, ...place }: Place & { readonly at: string },
  { register, evidence }: Stores,
): Promise<JudgedEvidence['exceptions']> {
  const hashes = await inForce(place, at, register);
  return await Promise.all(
    hashes.map(async (hash) => ({ hash, grant: await readDocument<Grant>(evidence, hash, 'grant of an exception') })),
  );
}

/** The digests of the grants that count at an instant, in their order. */
export async function inForce(place: Place, at: string, register: RegisterStore): Promise<readonly Digest[]> {
  return digestsOf((await rowsAbout(place, register)).filter((row) => countsAt(row, at)));
}

/**
 * The same as far as it is known now: without those that ended since, and with those that began since.
 *
 * Whoever recorded a verdict as of an instant asks this, and sees what happened on the way.
 */
export async function standing(place: Place, at: string, register: RegisterStore): Promise<readonly Digest[]> {
  const rows = await rowsAbout(place, register);
  return digestsOf(rows.filter(({ endedAt, expiry }) => endedAt === null && Date.parse(at) < Date.parse(expiry)));
}

async function rowsAbout(place: Place, register: RegisterStore): Promise<readonly CoversRow[]> {
  const { asset, digest, lineage } = place;
  const partitions = [
    ...(asset === null ? [] : [coversAssetPartition(asset)]),
    COVERS_REPOSITORIES,
    coversDigestPartition(digest),
    ...[digest, ...lineage.bases.map(({ image }) => image)].map(coversBasePartition),
  ];
  const rows: CoversRow[] = [];
  const queries = [...new Set(partitions)].map((pk) => ({ pk }));
  for await (const item of rowsOf(queries, register)) {
    const row = readCoversRow(item);
    if (isInPlace(row, place)) rows.push(row);
  }
  return rows;
}

function digestsOf(rows: readonly CoversRow[]): readonly Digest[] {
  return [...new Set(rows.map(({ grant }) => grant))].sort();
}
