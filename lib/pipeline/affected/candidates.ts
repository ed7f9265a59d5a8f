/**
 * The verdicts that may be what a question asks after: too many at most, never too few. Rows that scans and
 * judgements left lead from what is asked to layers, from layers to images, from images to placements.
 */
import type { Digest } from '../../core/image/digest.ts';
import { placementName } from '../../core/image/placement.ts';
import { readFacts } from '../../core/lineage/image-facts.ts';
import { type Current, readCurrent } from '../../core/register/current.ts';
import {
  chainPartition,
  componentPartition,
  factsKey,
  IN_LAYER_PREFIX,
  LAYER_IMAGE_PREFIX,
  layerPartition,
  packagePartition,
  vulnerabilityPartition,
} from '../../core/register/index-keys.ts';
import { placementPartition } from '../../core/register/keys.ts';
import type { Sighting } from '../../core/sightings/sighting.ts';
import { counts, runsInProduction } from '../../core/sightings/standing.ts';
import { digestsIn, placementsOf, type Rows, rowsOf } from '../lineage/follow-rows.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { runningImages } from '../sightings/running.ts';
import type { Question } from './question.ts';

export interface Candidate {
  readonly current: Current;
  readonly running: readonly Sighting[];
  /** Its place in the order, as text: what runs comes first, in production before all; then the worst. */
  readonly key: string;
}

/** In their order; verdicts that no longer count are left out. */
export async function candidatesFor(question: Question, register: RegisterStore): Promise<readonly Candidate[]> {
  const placements = await Array.fromAsync(placementsOf(await imagesFor(question, register), register));
  const verdicts = placements.map((placement) => ({ pk: placementPartition(placement), beginsWith: 'CURRENT#' }));
  const currents = await Array.fromAsync(rowsOf(verdicts, register), (item) => readCurrent(item));
  const running = await runningImages(register);
  return currents
    .map((current) => ({ current, running: running.get(current.placement.digest) ?? [] }))
    .filter((one) => counts(one.current, one.running))
    .map((one) => ({ ...one, key: keyOf(one) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function imagesFor(question: Question, register: RegisterStore): Promise<ReadonlySet<Digest>> {
  if (question.kind === 'base') return await clonesOf(question.images, register);
  const layers = await digestsIn(await layerRows(question, register), register);
  return await digestsIn(
    [...layers].map((layer) => ({ pk: layerPartition(layer), beginsWith: LAYER_IMAGE_PREFIX })),
    register,
  );
}

async function layerRows({ kind, name }: Question, register: RegisterStore): Promise<readonly Rows[]> {
  if (kind === 'vulnerability') return [{ pk: vulnerabilityPartition(name), beginsWith: IN_LAYER_PREFIX }];
  const buckets = rowsOf([{ pk: packagePartition(name) }], register);
  return await Array.fromAsync(buckets, ({ sk }) => ({ pk: componentPartition(sk) }));
}

/** The images themselves, and all whose first layers are theirs. */
async function clonesOf(bases: readonly Digest[], register: RegisterStore): Promise<ReadonlySet<Digest>> {
  const facts = await Promise.all(bases.map(async (base) => readFacts(await register.get(factsKey(base)))));
  const chains = [...new Set(facts.flatMap((one) => one?.chain ?? []))];
  const clones = await digestsIn(
    chains.map((chain) => ({ pk: chainPartition(chain) })),
    register,
  );
  return new Set([...bases, ...clones]);
}

function keyOf({ current, running }: Omit<Candidate, 'key'>): string {
  const { placement, stage, verdict, blocking, score } = current;
  const runs = runsInProduction(running) ? 0 : running.length > 0 ? 1 : 2;
  const answer = verdict === 'go' ? 3 : blocking ? 0 : verdict === 'no-go' ? 1 : 2;
  const best = String(Math.round((100 - (score.open ?? 0)) * 10)).padStart(4, '0');
  return `${runs}-${answer}-${best}-${placementName(placement)}#${stage}`;
}
