/**
 * Compares the registry with the mirror: EventBridge delivers best effort, and what no event brought is
 * taken in here, as if one had.
 *
 * Repository by repository, each failing alone; a sweep that has to end early goes on with the next repository the next time.
 */
import { z } from 'zod';

import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import { mirrorPartition, SWEEP_CURSOR } from '../../core/register/keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { RegistryEvent } from '../ports/registry-event.ts';
import type { ListedImage, RegistryListing, Repository } from '../ports/registry-listing.ts';
import { type Mirrored, readMirrors } from '../registry-events/mirror.ts';
import type { TakenEvent } from '../registry-events/take-registry-event.ts';
import { NotYet } from '../work/run-taken.ts';

interface Dependencies {
  readonly register: RegisterStore;
  readonly listing: RegistryListing;
  readonly take: (event: RegistryEvent) => Promise<TakenEvent>;
  readonly now: () => Date;
  /** Ends the sweep after the repository under way. */
  readonly signal: AbortSignal;
}

export interface Reconciled {
  readonly repositories: number;
  readonly pushesMissed: number;
  readonly deletionsMissed: number;
  /** False where it ended early. */
  readonly whole: boolean;
}

/** An event that is on its way is none that was missed, in milliseconds. */
const GRACE = 10 * 60 * 1000;

const cursorItem = z.object({ after: z.string().nullable() });

/** @throws CavendishError `unavailable` where a repository could not be compared, once the others were */
export async function reconcile(dependencies: Dependencies): Promise<Reconciled> {
  const { register, listing, signal } = dependencies;
  const found = await Array.fromAsync(listing.repositories());
  const repositories = found.sort((a, b) => (mirrorPartition(a) < mirrorPartition(b) ? -1 : 1));
  const stored = await register.get(SWEEP_CURSOR);
  const after = stored === null ? null : cursorItem.parse(stored.body).after;
  const left = repositories.filter((one) => after === null || mirrorPartition(one) > after);

  let [pushesMissed, deletionsMissed, done] = [0, 0, 0];
  let last: string | null = null;
  const failures: string[] = [];
  for (const repository of left) {
    if (signal.aborted) break;
    try {
      const missed = await reconcileOne(repository, dependencies);
      pushesMissed += missed.pushes;
      deletionsMissed += missed.deletions;
    } catch (error) {
      failures.push(`${repository.repository}: ${Error.isError(error) ? error.message : String(error)}`);
    }
    done += 1;
    last = mirrorPartition(repository);
  }
  const whole = done === left.length;
  await remember(whole ? null : (last ?? after), stored?.version, register);
  const [first] = failures;
  if (first !== undefined) {
    const message = `${failures.length} of ${done} repositories could not be compared with the registry; ${first}`;
    throw new CavendishError('unavailable', message, { next: 'The next sweep compares them again.' });
  }
  return { repositories: done, pushesMissed, deletionsMissed, whole };
}

async function reconcileOne(repository: Repository, { register, listing, take, now }: Dependencies) {
  // What the register knows first: what is pushed meanwhile is in the listing, and young.
  const mirrors = await readMirrors(repository, register);
  const listed = new Map<Digest, ListedImage>();
  for await (const image of listing.images(repository)) listed.set(image.digest, image);
  const at = now().toISOString();
  const settled = new Date(now().getTime() - GRACE).toISOString();

  const pushes = [...listed.values()]
    .filter(({ archived, pushedAt }) => !archived && pushedAt <= settled)
    .flatMap((image) => missedPushes(image, mirrors.get(image.digest) ?? null, repository, at));
  const deletions = [...mirrors.values()]
    .filter(({ digest, gone }) => gone === null && isGone(listed.get(digest)))
    .map(({ digest }): RegistryEvent => {
      return { kind: 'gone', how: 'deleted', id: `sweep#${digest}#${at}`, at, repository, digest, tag: null };
    });
  const taken = await takeAll([...pushes, ...deletions], take);
  return {
    pushes: taken.filter(({ outcome }) => outcome === 'pushed').length,
    deletions: taken.filter(({ outcome }) => outcome === 'gone').length,
  };
}

function isGone(listed: ListedImage | undefined): boolean {
  return listed === undefined || listed.archived;
}

/** One for each tag that nobody took in; one without a tag for an image that nobody knows. */
function missedPushes(
  { digest, tags, pushedAt }: ListedImage,
  mirror: Mirrored | null,
  repository: Repository,
  at: string,
): readonly RegistryEvent[] {
  const known = mirror !== null && mirror.gone === null;
  const missed: (string | null)[] = tags.filter((tag) => !known || !mirror.tags.includes(tag));
  if (tags.length === 0 && !known) missed.push(null);
  return missed.map((tag) => ({
    kind: 'pushed',
    how: 'push',
    // The same for every sweep that finds it, until it is taken in.
    id: `sweep#${mirrorPartition(repository)}#${digest}#${tag ?? ''}#${pushedAt}#${mirror?.at ?? ''}`,
    ...{ at, repository, digest, tag, artifactType: null },
  }));
}

async function takeAll(events: readonly RegistryEvent[], take: Dependencies['take']): Promise<readonly TakenEvent[]> {
  const taken: TakenEvent[] = [];
  for (const event of events) {
    try {
      taken.push(await take(event));
    } catch (error) {
      // The next sweep finds it again.
      if (!(error instanceof NotYet)) throw error;
    }
  }
  return taken;
}

async function remember(after: string | null, version: number | undefined, register: RegisterStore): Promise<void> {
  const when = version === undefined ? 'absent' : { version };
  try {
    await register.commit({ puts: [{ item: { ...SWEEP_CURSOR, body: { after } }, when }] });
  } catch (error) {
    // Another sweep ran beside this one; where either goes on is as good.
    if (!isCavendishError(error, 'conflict')) throw error;
  }
}
