/**
 * The placements that a cause may concern, each once: too many at most, never too few. Whether it does
 * concern one is asked when its verdict is in hand.
 *
 * From what changed to the layers that have it, from layers to images, from images to placements: rows
 * that scans and judgements left, so that what is asked of the store grows with what is affected and not
 * with what is held.
 */
import type { Cause } from '../../core/again/cause.ts';
import type { Appetite } from '../../core/appetite/appetite.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Placement } from '../../core/image/placement.ts';
import { placementSchema } from '../../core/image/schemas.ts';
import {
  componentPartition,
  IN_LAYER_PREFIX,
  LAYER_IMAGE_PREFIX,
  layerPartition,
  unsettledPartitions,
  vulnerabilityPartition,
} from '../../core/register/index-keys.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { readException } from '../exceptions/exception-items.ts';
import { placementsInScope } from '../exceptions/placements-in-scope.ts';
import { everyPlacement } from '../lineage/every-placement.ts';
import { digestsIn, placementsOf, rowsOf } from '../lineage/follow-rows.ts';
import type { Versions } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { imagesUnder } from '../sightings/running.ts';
import { clonesOf } from './clones.ts';
import { type Reach, reachOf } from './reach.ts';

export interface Searching {
  readonly register: RegisterStore;
  readonly intelligence: Versions;
  readonly appetite: Pick<JudgedEvidence['appetite'], 'value'>;
}

export async function* candidatesOf(
  cause: Cause,
  { register, intelligence, appetite }: Searching,
): AsyncGenerator<Placement> {
  switch (cause.kind) {
    case 'day':
    case 'appetite':
      yield* everyPlacement(register);
      return;
    case 'base':
    case 'approval':
      yield* placementsOf(await clonesOf(cause.image, register), register);
      return;
    case 'exception':
      yield* inScope(cause.exception, appetite.value, register);
      return;
    case 'validated':
      yield* placementsInScope({ asset: cause.asset }, appetite.value, register);
      return;
    case 'passed':
    case 'opinion':
    case 'overtaken':
      yield* placementsOf([cause.image], register);
      return;
    case 'sighted':
      yield* placementsOf(await imagesUnder(cause.digest, register), register);
      return;
    case 'feeds': {
      const reach = await reachOf(cause.changes, cause.at, intelligence);
      if (reach === 'everything') yield* everyPlacement(register);
      else yield* reached(reach, register);
    }
  }
}

/** What an exception may cover, in whichever stage. */
async function* inScope(id: string, appetite: Appetite, register: RegisterStore): AsyncGenerator<Placement> {
  const { exception } = await readException(id, register);
  yield* placementsInScope(exception.terms.scope.images, appetite, register);
}

async function* reached({ buckets, vulnerabilities, unsettled }: Reach, register: RegisterStore) {
  const layers = await digestsIn(
    [
      ...[...buckets].map((key) => ({ pk: componentPartition(key) })),
      ...[...vulnerabilities].map((name) => ({ pk: vulnerabilityPartition(name), beginsWith: IN_LAYER_PREFIX })),
    ],
    register,
  );
  const images = await digestsIn(
    [...layers].map((layer) => ({ pk: layerPartition(layer), beginsWith: LAYER_IMAGE_PREFIX })),
    register,
  );
  yield* placementsOf(images, register);
  if (unsettled) yield* unsettledBut(images, register);
}

/** Placements whose verdict rests on a gap of feeds, those of `found` aside. */
async function* unsettledBut(found: ReadonlySet<Digest>, register: RegisterStore): AsyncGenerator<Placement> {
  let last = '';
  const partitions = unsettledPartitions().map((pk) => ({ pk }));
  for await (const { sk, body } of rowsOf(partitions, register)) {
    const name = sk.slice(0, sk.lastIndexOf('#'));
    const placement = placementSchema.parse(body['placement']);
    // A placement has a row a stage; they lie side by side.
    if (body['settled'] === true || name === last || found.has(placement.digest)) continue;
    last = name;
    yield placement;
  }
}
