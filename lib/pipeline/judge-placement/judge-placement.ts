/**
 * Judges one image where it stands, and records and announces what came of it: the work that a push
 * leaves for each image.
 */
import { z } from 'zod';

import { assetOf } from '../../core/appetite/asset-of.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import { type Placement, placementName } from '../../core/image/placement.ts';
import { platformName } from '../../core/image/platform.ts';
import { placementSchema, platformOf, platformSchema } from '../../core/image/schemas.ts';
import { readChannel } from '../../core/register/current.ts';
import { channelKey } from '../../core/register/keys.ts';
import { basisOf } from '../judge-image/basis.ts';
import {
  type Judged,
  type JudgeDependencies,
  judgeImage,
  type JudgeRequest,
  judgeUnscanned,
} from '../judge-image/judge-image.ts';
import type { ImageSource, OpenedImages, OpenImage, UnreadableImage } from '../ports/image-source.ts';
import type { Work } from '../ports/work-queue.ts';
import { recordAssessment, type Recorded } from '../record-assessment/record-assessment.ts';
import { rememberFirstSights } from '../record-assessment/remember-first-sights.ts';

export { JUDGE_PLACEMENT } from '../work/work-types.ts';

const requested = z.object({
  placement: placementSchema,
  platform: platformSchema,
  tag: z.string().nullable(),
  /** The instant to judge as of, where it is not the instant of the claim (the sample's date). */
  asOf: z.string().nullable(),
});

/** What a push leaves to be done for one image. */
export type PlacementJob = z.infer<typeof requested>;

export interface PlacementDependencies extends JudgeDependencies {
  readonly images: ImageSource;
  /** The reference by which `images` opens a placement. */
  readonly referenceOf: (placement: Placement) => string;
}

export interface JudgedPlacement extends Judged, Recorded {
  readonly tag: string | null;
}

/** @returns null where the image was judged already on the same basis, and would be told the same */
export async function judgePlacement(work: Work, dependencies: PlacementDependencies): Promise<JudgedPlacement | null> {
  const job = requested.parse(work.body);
  const request = requestOf(job, work.at);
  if (await isJudged(job, request.at, dependencies)) return null;
  const opened = await openPlaced(job.placement, dependencies);
  try {
    return await record(job, await judgeImage(request, pick(opened, request.digest), dependencies), dependencies);
  } finally {
    await opened.close();
  }
}

/** Ends a judgement that keeps failing: unknown, recorded, and told. */
export async function giveUpPlacement(
  work: Work,
  cause: string,
  dependencies: PlacementDependencies,
): Promise<JudgedPlacement> {
  const job = requested.parse(work.body);
  return await record(job, await judgeUnscanned(requestOf(job, work.at), cause, dependencies), dependencies);
}

function requestOf({ placement, platform, tag, asOf }: PlacementJob, at: string): JudgeRequest {
  const { repository, digest } = placement;
  const reference = tag === null ? `${repository}@${digest}` : `${repository}:${tag}`;
  return { digest, platform: platformOf(platform), reference, placement, repository, stage: null, at: asOf ?? at };
}

async function isJudged(
  { placement, platform, tag }: PlacementJob,
  at: string,
  { register, intelligence, appetite }: PlacementDependencies,
): Promise<boolean> {
  const { stage } = assetOf(appetite.value, placement.repository);
  const channel = readChannel(
    await register.get(channelKey(placement, tag, platformName(platformOf(platform)), stage)),
  );
  if (channel === null || placementName(channel.placement) !== placementName(placement)) return false;
  return channel.basis === basisOf(await intelligence.feeds(), appetite.hash, at);
}

/** An image that can't be opened is judged unknown with the cause, never left out. */
async function openPlaced(placement: Placement, { images, referenceOf }: PlacementDependencies): Promise<OpenedImages> {
  const reference = referenceOf(placement);
  try {
    return await images.open(reference);
  } catch (error) {
    if (!(error instanceof CavendishError) || error.code === 'unavailable' || error.code === 'storage-full')
      throw error;
    const unreadable = [{ digest: placement.digest, platform: null, error }];
    return { reference, images: [], unreadable, skipped: [], close: () => Promise.resolve() };
  }
}

function pick({ images, unreadable }: OpenedImages, digest: Digest): OpenImage | UnreadableImage {
  const found = [...images, ...unreadable].find((image) => image.digest === digest);
  if (found !== undefined) return found;
  const error = new CavendishError('not-found', `${digest} holds no image that can be judged`);
  return { digest, platform: null, error };
}

async function record(job: PlacementJob, judged: Judged, dependencies: JudgeDependencies): Promise<JudgedPlacement> {
  const { register, appetite } = dependencies;
  const { assessment, id } = judged;
  await rememberFirstSights(assessment.inputs.firstSeen, register);
  const placed = { ...assessment, placement: job.placement };
  const basis = basisOf(assessment.feeds, appetite.hash, assessment.at);
  const recorded = await recordAssessment({ assessment: placed, id, tag: job.tag, basis }, register);
  return { ...judged, ...recorded, tag: job.tag };
}
