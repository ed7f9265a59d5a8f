/**
 * Takes a push in: which images it brought, and one piece of work for each.
 *
 * A push of an index brings the image of each platform; attestations, signatures and SBOMs bring
 * none. Clients push the images of an index by digest before the index itself: a push without a tag
 * is let lie for a moment, and is nobody's news where an index has taken it in by then.
 */
import { z } from 'zod';

import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { Platform } from '../../core/image/platform.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import { JUDGE_PLACEMENT, type PlacementJob } from '../judge-placement/judge-placement.ts';
import type { ImageSource } from '../ports/image-source.ts';
import type { Item, OutboxEntry, RegisterStore } from '../ports/register-store.ts';
import type { Work } from '../ports/work-queue.ts';
import { membership } from '../sightings/running.ts';
import { NotYet } from '../work/run-work.ts';

export const IMAGE_PUSHED = 'image-pushed';

/** Body of the work that a registry leaves in the same commit as the push. */
const pushed = z.object({
  repository: z.string(),
  tag: z.string().nullable(),
  digest: digestSchema,
  pushedAt: z.string(),
});

export type Push = z.infer<typeof pushed>;

export interface IntakeDependencies {
  readonly register: RegisterStore;
  readonly images: ImageSource;
  readonly placementOf: (repository: string, digest: Digest) => Placement;
  readonly referenceOf: (placement: Placement) => string;
  /** True where an index of the repository lists the manifest. */
  readonly isListed: (repository: string, digest: Digest) => Promise<boolean>;
  /** The instant to judge as of, where it is not now. */
  readonly asOf: (placement: Placement) => string | null;
  readonly now: () => Date;
  /**
   * How long a push without a tag waits for the index that may list it.
   *
   * @default 3
   */
  readonly waitForIndexSeconds?: number;
  /**
   * The mark of a manifest that an index lists, to be put with the work.
   *
   * @default - none: the registry keeps them itself
   */
  readonly markOf?: (listed: Digest) => Item;
}

export interface Intake {
  readonly push: Push;
  readonly images: number;
  readonly skipped: readonly { readonly digest: Digest; readonly why: string }[];
}

/** Where the registry is asked in the moment of the push. */
const WAIT_FOR_INDEX_SECONDS = 3;

/** Parts of an index in one commit: each a piece of work, a mark and its membership from either side. */
const AT_ONCE = 25;

const UNKNOWN_PLATFORM: Platform = { os: 'unknown', architecture: 'unknown' };

export async function intakePush(work: Work, dependencies: IntakeDependencies): Promise<Intake> {
  const { register, images, placementOf, referenceOf, isListed, asOf, now, markOf } = dependencies;
  const { waitForIndexSeconds = WAIT_FOR_INDEX_SECONDS } = dependencies;
  const push = pushed.parse(work.body);
  if (push.tag === null) {
    const due = new Date(Date.parse(push.pushedAt) + waitForIndexSeconds * 1000);
    if (now() < due) throw new NotYet(due);
    if (await isListed(push.repository, push.digest)) {
      return { push, images: 0, skipped: [{ digest: push.digest, why: 'an index lists it and is judged instead' }] };
    }
  }
  const { found, skipped } = await imagesOf(push, images, referenceOf(placementOf(push.repository, push.digest)));
  const works = found.map(({ digest, platform }): Brought => {
    const placement = placementOf(push.repository, digest);
    const job: PlacementJob = {
      placement,
      platform: platform ?? UNKNOWN_PLATFORM,
      tag: push.tag,
      asOf: asOf(placement),
    };
    const left = { id: `${JUDGE_PLACEMENT}#${work.id}#${digest}`, type: JUDGE_PLACEMENT, body: { ...job } };
    // Who runs an index names the index: by its members an image is known to run.
    const member = digest === push.digest ? [] : membership(push.digest, digest);
    return { digest, history: member, outbox: [left] };
  });
  const brought = [...works, ...skipped.map(({ digest }): Brought => ({ digest, history: [], outbox: [] }))].map(
    ({ digest, history, outbox }): Brought => {
      const mark = markOf === undefined || digest === push.digest ? [] : [markOf(digest)];
      return { digest, history: [...mark, ...history], outbox };
    },
  );
  // An index may list more than a commit takes; what is put twice is put once.
  for (let from = 0; from < brought.length; from += AT_ONCE) {
    const some = brought.slice(from, from + AT_ONCE);
    const [history, outbox] = [some.flatMap((one) => one.history), some.flatMap((one) => one.outbox)];
    await register.commit({ puts: [], history, outbox });
  }
  return { push, images: works.length, skipped };
}

/** What a part of the push leaves. */
interface Brought {
  readonly digest: Digest;
  readonly history: readonly Item[];
  readonly outbox: readonly OutboxEntry[];
}

interface Found {
  readonly found: readonly { readonly digest: Digest; readonly platform: Platform | null }[];
  readonly skipped: Intake['skipped'];
}

/** An image that can't be opened is still an image: it is judged, and the verdict says why it is unknown. */
async function imagesOf({ digest }: Push, images: ImageSource, reference: string): Promise<Found> {
  try {
    const opened = await images.open(reference);
    await opened.close();
    return { found: [...opened.images, ...opened.unreadable], skipped: opened.skipped };
  } catch (error) {
    if (!(error instanceof CavendishError) || isCavendishError(error, 'unavailable')) throw error;
    return { found: [{ digest, platform: null }], skipped: [] };
  }
}
