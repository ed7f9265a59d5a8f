/**
 * Causes: why verdicts are judged again. A cause is left by the very commit that changed something,
 * and its identity is that of its content, so that one change starts one round however often it is told.
 *
 * What may happen to the same image more than once carries `at`, the instant of the change: work of one
 * id is done once for ever.
 */
import { z } from 'zod';

import { FEED_KINDS } from '../advisories/feed.ts';
import { contentId } from '../canonical/canonical.ts';
import { type Digest, hexOf } from '../image/digest.ts';
import { digestSchema } from '../image/schemas.ts';

/** A feed whose held version is another one now. */
const feedChange = z
  .object({
    id: z.string(),
    kind: z.enum(FEED_KINDS),
    /** Null where nothing was held. */
    before: digestSchema.nullable(),
    after: digestSchema,
  })
  .readonly();

const instant = z.iso.datetime();
const ofImage = { at: instant, image: digestSchema };

export const causeSchema = z
  .discriminatedUnion('kind', [
    /** Feeds became other versions: in one commit, or in several that are gathered. */
    z.object({
      kind: z.literal('feeds'),
      at: instant,
      changes: z.array(feedChange).min(1).readonly(),
      /** All that changed since the last round of feeds, taken together. */
      gathered: z.literal(true).exactOptional(),
    }),
    /** A day (UTC) began: what the passing of time alone changes. */
    z.object({ kind: z.literal('day'), day: z.iso.date() }),
    /** The image became known as a base, or a newer build of it did: its clones are concerned. */
    z.object({ kind: z.literal('base'), ...ofImage }),
    /** The approval of a base changed: it and its clones are concerned. */
    z.object({ kind: z.literal('approval'), ...ofImage }),
    /** Feeds, the appetite or the exceptions became others while a verdict was on its way into the register. */
    z.object({ kind: z.literal('overtaken'), ...ofImage, assessment: digestSchema }),
    /** Another version of the risk appetite was put in force. */
    z.object({ kind: z.literal('appetite'), at: instant, before: digestSchema, after: digestSchema }),
    /** An exception was granted, or has ended: what is in its scope is concerned. */
    z.object({
      kind: z.literal('exception'),
      at: instant,
      exception: z.string(),
      change: z.enum(['granted', 'ended']),
    }),
    /** The image was go for a stage for the first time: it may stand where the next stage asks for that. */
    z.object({ kind: z.literal('passed'), ...ofImage }),
    /** Somebody from outside validated an asset: it is concerned. */
    z.object({ kind: z.literal('validated'), at: instant, asset: z.string() }),
    /** Another scanner's opinion of an image was taken in, or a newer one of it. */
    z.object({ kind: z.literal('opinion'), ...ofImage, scanner: z.string() }),
    /** An image or an index began or ended to run in an environment. */
    z.object({ kind: z.literal('sighted'), at: instant, digest: digestSchema }),
  ])
  .readonly();

export type FeedChange = z.output<typeof feedChange>;
export type Cause = z.output<typeof causeSchema>;

/** The same cause told twice is one. */
export function causeId(cause: Cause): Digest {
  return contentId(cause);
}

/** The identity as it stands in keys and in the ids of work: hexadecimal digits. */
export function causeName(cause: Cause): string {
  return hexOf(causeId(cause));
}
