/**
 * A verdict that a cause changed, or whose image it brings news about: what the round-up of the cause is
 * made from. It names the assessments and holds what a line of the round-up says, so that thousands of
 * them can be told without reading one.
 */
import { z } from 'zod';

import type { Digest } from '../image/digest.ts';
import type { Placement } from '../image/placement.ts';
import { platformName } from '../image/platform.ts';
import { digestSchema, placementSchema, stageSchema } from '../image/schemas.ts';
import { headline } from '../notices/verdict-notice.ts';
import { RATED, worstOf } from '../notices/worst.ts';
import type { Assessment } from '../register/assessment.ts';
import { newsList, newsOf } from './news.ts';

const decision = z.enum(['go', 'no-go', 'unknown']);

const changedVerdict = z
  .object({
    placement: placementSchema,
    platform: z.string(),
    stage: stageSchema,
    /** Every tag of the image. */
    tags: z.array(z.string()).readonly(),
    /** Where the outcome is news: the tag (null: none), what was told of it before, the count of changes. */
    told: z
      .array(z.object({ tag: z.string().nullable(), previous: digestSchema.nullable(), revision: z.int() }).readonly())
      .readonly(),
    assessment: digestSchema,
    verdict: decision,
    /** Null where it was not judged for the stage before. */
    before: decision.nullable(),
    blocking: z.boolean(),
    owner: z.string(),
    /** Null where no asset names the repository, and in entries of before. */
    asset: z.string().nullable().default(null),
    /** See `Addressed`. */
    severity: z.enum(RATED).nullable().default(null),
    running: z.boolean(),
    vulnerabilities: z.int().nonnegative(),
    /** `15 vulnerabilities, 3 criteria broken` */
    headline: z.string(),
    /** The first fifty. */
    news: newsList,
    newsOmitted: z.int().nonnegative(),
    /** The page of the cause on which it was judged. */
    page: z.int().nonnegative(),
  })
  .readonly();

export type ChangedVerdict = z.output<typeof changedVerdict>;

/** @throws ZodError where a body is none */
export function readChangedVerdict({ body }: { readonly body: unknown }): ChangedVerdict {
  return changedVerdict.parse(body);
}

/** What is known of it beside the two assessments. */
export interface Circumstances extends Pick<ChangedVerdict, 'tags' | 'told' | 'running' | 'page'> {
  readonly fallbackOwner: string;
}

/** An item is small; an image of a very old base may have hundreds. */
const MOST_NEWS = 50;

/** Null where there is nothing to tell: the outcome that people know stands, and there is no news. */
export function changedVerdictOf(
  assessment: Assessment & { readonly placement: Placement },
  id: Digest,
  before: Assessment | null,
  { tags, told, running, page, fallbackOwner }: Circumstances,
): ChangedVerdict | null {
  const news = newsOf(before, assessment);
  if (told.length === 0 && news.length === 0) return null;
  const { placement, image, stage, verdict, blocking, asset, counts } = assessment;
  return {
    ...{ placement, platform: platformName(image.platform), stage, tags, told, assessment: id },
    ...{ verdict, before: before?.verdict ?? null, blocking, owner: asset?.owner ?? fallbackOwner, running, page },
    ...{ asset: asset?.id ?? null, severity: worstOf(assessment) },
    vulnerabilities: Object.values(counts).reduce((sum, count) => sum + count, 0),
    headline: headline(assessment),
    news: news.slice(0, MOST_NEWS),
    newsOmitted: Math.max(0, news.length - MOST_NEWS),
  };
}
