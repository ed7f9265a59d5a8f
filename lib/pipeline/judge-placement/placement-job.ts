/** What is to be done for one image where it stands, and whether it was done already. */
import { z } from 'zod';

import { placeOf } from '../../core/exceptions/place.ts';
import { placementName } from '../../core/image/placement.ts';
import { platformName } from '../../core/image/platform.ts';
import { placementSchema, platformOf, platformSchema } from '../../core/image/schemas.ts';
import type { Stage } from '../../core/image/stage.ts';
import { NO_LINEAGE } from '../../core/lineage/lineage.ts';
import { readChannel } from '../../core/register/current.ts';
import { channelKey } from '../../core/register/keys.ts';
import { inForce } from '../exceptions/in-force.ts';
import { basisOf } from '../judge-image/basis.ts';
import type { DecideDependencies, JudgeRequest } from '../judge-image/judge-scan.ts';
import { readHistory } from '../judge-image/read-history.ts';
import { lineageOf } from '../lineage/lineage-of.ts';
import { readFamily } from '../lineage/read-family.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { opinionDigests } from '../second-opinion/opinions-of.ts';
import { type EffectiveStage, ownStage, sightedStages } from '../sightings/stages.ts';

export const placementJob = z.object({
  placement: placementSchema,
  platform: platformSchema,
  tag: z.string().nullable(),
  /** The instant to judge as of, where it is not the instant of the claim (the sample's date). */
  asOf: z.string().nullable(),
});

/** What a push leaves to be done for one image. */
export type PlacementJob = z.infer<typeof placementJob>;

/** @param at - the instant of the first claim: it counts where the job does not say as of when */
export function requestOf({ placement, platform, tag, asOf }: PlacementJob, at: string): JudgeRequest {
  const { repository, digest } = placement;
  const reference = tag === null ? `${repository}@${digest}` : `${repository}:${tag}`;
  const instant = asOf === null ? { at } : { at: asOf, exceptionsAt: at };
  return { digest, platform: platformOf(platform), reference, placement, repository, stage: null, ...instant };
}

type Basis = Pick<DecideDependencies, 'register' | 'intelligence' | 'appetite'>;

type Instant = Pick<JudgeRequest, 'at' | 'exceptionsAt'>;

/** The stages for which the image was not judged yet on the same basis; none: it would be told the same. */
export async function stagesLeft(
  job: PlacementJob,
  instant: Instant,
  dependencies: Basis,
): Promise<readonly EffectiveStage[]> {
  const own = ownStage(job.placement, dependencies);
  // What runs is looked up behind the first verdict: see judge-stages.ts.
  if (!(await isJudgedFor(own.name, job, instant, dependencies))) return [own];
  const sighted = await sightedStages(job.placement, dependencies);
  const judged = await Promise.all(sighted.map(({ name }) => isJudgedFor(name, job, instant, dependencies)));
  return sighted.filter((_, index) => judged[index] === false);
}

export async function isJudgedFor(
  stage: Stage,
  { placement, platform, tag }: PlacementJob,
  { at, exceptionsAt = at }: Instant,
  { register, intelligence, appetite }: Basis,
): Promise<boolean> {
  const channel = readChannel(
    await register.get(channelKey(placement, tag, platformName(platformOf(platform)), stage)),
  );
  if (channel === null || placementName(channel.placement) !== placementName(placement)) return false;
  const place = placeOf({ ...placement, stage, lineage: await knownLineage(placement, register) }, appetite.value);
  const [feeds, exceptions, history, opinions] = await Promise.all([
    intelligence.feeds(),
    inForce(place, exceptionsAt, register),
    readHistory(place, at, register),
    opinionDigests(placement, register),
  ]);
  return channel.basis === basisOf({ feeds, appetite: appetite.hash, exceptions, opinions, history, at });
}

/** Of an image that was scanned; one that could not be read has no layers that anything vouches for. */
async function knownLineage({ digest, repository }: PlacementJob['placement'], register: RegisterStore) {
  const family = readFamily(register);
  const facts = await family.facts(digest);
  return facts === null ? NO_LINEAGE : await lineageOf(facts, repository, family);
}
