/**
 * Takes an event of a registry in. The event is only a reason to look: the registry is asked what is
 * true, so that events may come twice, late and in any order.
 */
import { isConfigType } from '../../core/image/media-types.ts';
import { type Placement, placementName } from '../../core/image/placement.ts';
import { mirrorListedKey } from '../../core/register/keys.ts';
import { type IntakeDependencies, intakePush } from '../intake-push/intake-push.ts';
import type { RegistryEvent } from '../ports/registry-event.ts';
import type { ListedImage, RegistryListing } from '../ports/registry-listing.ts';
import { isMirrorListed, mirrorGone, mirrorPresent } from './mirror.ts';
import { dropTag, followMirror } from './standing.ts';

export interface EventDependencies extends Pick<IntakeDependencies, 'register' | 'images' | 'referenceOf' | 'now'> {
  readonly listing: RegistryListing;
  /** Which repositories the home watches. */
  readonly isWatched: (repository: string) => boolean;
  /** Keeps what the registry's own scanner says of the image. */
  readonly takeOpinion: (placement: Placement) => Promise<Readonly<Record<string, unknown>>>;
}

/**
 * Longer than an event takes from the registry through its queue, and than a client takes from the images
 * of an index to the index: else the images of each index are judged twice, without its tag and with it.
 */
const WAIT_FOR_INDEX_SECONDS = 30;

export interface TakenEvent {
  readonly outcome: 'pushed' | 'gone' | 'scanned' | 'ignored';
  /** Who or what it was about, and why, for the log. */
  readonly details: Readonly<Record<string, unknown>>;
}

type OfImage = Exclude<RegistryEvent, { kind: 'ignored' }>;

/** @throws NotYet where the push of an index may still follow; CavendishError `unavailable` */
export async function takeRegistryEvent(event: RegistryEvent, dependencies: EventDependencies): Promise<TakenEvent> {
  if (event.kind === 'ignored') return ignored(event.why);
  const { repository, digest } = event;
  if (!dependencies.isWatched(repository.repository)) return ignored('the repository is not watched', event);
  if (event.kind === 'scanned') {
    const opinion = await dependencies.takeOpinion({ ...repository, digest });
    return { outcome: 'scanned', details: { ...about(event), ...opinion } };
  }
  if (event.kind === 'pushed' && event.artifactType !== null && !isConfigType(event.artifactType)) {
    return ignored(`an artifact of type ${event.artifactType} is no image`, event);
  }
  const placement = { ...repository, digest };
  const listed = await dependencies.listing.find(placement);
  if (listed === null || listed.archived) return await leave(event, listed, dependencies);
  if (event.kind === 'pushed') return await takePush(event, listed, dependencies);
  if (event.tag !== null && !listed.tags.includes(event.tag)) {
    await dropTag(placement, event.tag, dependencies.register);
    return { outcome: 'gone', details: { ...about(event), why: 'the tag went, the image stays' } };
  }
  return ignored('the registry holds it still, or again', event);
}

/** The registry does not hold it, whatever the event says: it leaves the board. */
async function leave(
  event: OfImage,
  listed: ListedImage | null,
  { register, now }: EventDependencies,
): Promise<TakenEvent> {
  const placement = { ...event.repository, digest: event.digest };
  const why = listed === null ? 'deleted' : 'archived';
  await mirrorGone(placement, { why, at: now().toISOString() }, register);
  await followMirror(placement, register);
  if (event.kind === 'gone') return { outcome: 'gone', details: { ...about(event), why } };
  return ignored(`it is ${why} by now`, event);
}

async function takePush(
  event: Extract<RegistryEvent, { kind: 'pushed' }>,
  listed: ListedImage,
  dependencies: EventDependencies,
): Promise<TakenEvent> {
  const { register, images, referenceOf, now } = dependencies;
  const { repository, digest } = event;
  const placement = { ...repository, digest };
  // A tag that went to another image since then is that image's news.
  const tag = event.tag !== null && listed.tags.includes(event.tag) ? event.tag : null;
  const body = { repository: repository.repository, tag, digest, pushedAt: listed.pushedAt };
  const work = { id: `event#${event.id}`, type: 'registry-event', body, at: event.at, attempt: 1, lapsed: 0 };
  const { images: count, skipped } = await intakePush(work, {
    ...{ register, images, referenceOf, now },
    placementOf: (_name, of) => ({ ...repository, digest: of }),
    isListed: (_name, of) => isMirrorListed({ ...repository, digest: of }, register),
    asOf: () => null,
    waitForIndexSeconds: WAIT_FOR_INDEX_SECONDS,
    markOf: (of) => ({ ...mirrorListedKey({ ...repository, digest: of }), body: {} }),
  });
  await mirrorPresent(placement, { listed, tag, at: now().toISOString() }, register);
  await followMirror(placement, register);
  const details = { ...about(event), tag, images: count, skipped: skipped.map(({ why }) => why) };
  return { outcome: count === 0 ? 'ignored' : 'pushed', details };
}

function about({ id, kind, repository, digest, tag }: OfImage) {
  return { event: id, kind, placement: placementName({ ...repository, digest }), tag };
}

function ignored(why: string, event?: OfImage): TakenEvent {
  return { outcome: 'ignored', details: { ...(event !== undefined && about(event)), why } };
}
