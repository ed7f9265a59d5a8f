/**
 * Records an assessment of a placement: the history, the current verdict, the board, and the
 * notice that is owed, in one commit.
 *
 * Run twice, late or after its successor, the register ends the same: the current verdict only
 * moves forward in time, and a notice follows only from the commit that moved it.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Placement } from '../../core/image/placement.ts';
import { platformName } from '../../core/image/platform.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { type Channel, type Current, movesForward, readChannel, readCurrent } from '../../core/register/current.ts';
import {
  assessmentKey,
  assetKey,
  boardKey,
  channelKey,
  currentKey,
  digestKey,
  placedAssessmentKey,
} from '../../core/register/keys.ts';
import { outcomeId, outcomeOf } from '../../core/register/outcome.ts';
import type { Item, OutboxEntry, Put, RegisterStore, StoredItem } from '../ports/register-store.ts';
import { ANNOUNCE } from '../work/work-types.ts';

export interface Recording {
  readonly assessment: Assessment & { readonly placement: Placement };
  readonly id: Digest;
  readonly tag: string | null;
  readonly basis: string;
}

/** What recording did. */
export interface Recorded {
  readonly moved: boolean;
  /** A notice is owed: the outcome is news. */
  readonly announced: boolean;
}

/** Another writer may come between reading and writing; more than this many in a row is a fault. */
const TRIES = 8;

export { ANNOUNCE };

export async function recordAssessment(recording: Recording, register: RegisterStore): Promise<Recorded> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryToRecord(recording, register);
    } catch (error) {
      if (!isCavendishError(error, 'conflict') || attempt === TRIES) throw error;
    }
  }
}

async function tryToRecord(recording: Recording, register: RegisterStore): Promise<Recorded> {
  const { assessment, id, tag, basis } = recording;
  const { placement, stage, at } = assessment;
  const platform = platformName(assessment.image.platform);
  const keys = { current: currentKey(placement, stage), channel: channelKey(placement, tag, platform, stage) };

  const [known, current, channel] = await Promise.all([
    register.get(assessmentKey(id)),
    register.get(keys.current),
    register.get(keys.channel),
  ]);
  const before = readChannel(channel);
  const moved = movesForward(before, { at, assessment: id });
  if (known !== null && !moved) return { moved: false, announced: false };

  const outcome = outcomeId(outcomeOf(assessment));
  const announced = moved && before?.outcome !== outcome;
  const puts: Put[] = await absentOnly(register, [
    { ...assessmentKey(id), body: { placement, stage, at, verdict: assessment.verdict } },
    {
      ...placedAssessmentKey(placement, at, id),
      body: { assessment: id, verdict: assessment.verdict, score: assessment.score },
    },
    { ...digestKey(placement), body: { placement } },
    { ...assetKey(assessment.asset?.id ?? null), body: {} },
  ]);
  const was = readCurrent(current);
  if (movesForward(was, { at, assessment: id })) puts.push(replace(current, currentItem(recording, was, platform)));
  else if (was !== null && moved) puts.push(replace(current, withTag(was, tag)));
  if (moved) {
    const revision = revisionAfter(before, announced);
    const body: Channel = { placement, assessment: id, at, verdict: assessment.verdict, outcome, revision, basis };
    puts.push(replace(channel, { ...keys.channel, body: { ...body } }));
    puts.push(...(await supersede(register, before, recording)));
  }
  const outbox = announced ? [announcement(recording, before)] : [];
  await register.commit({ puts, outbox });
  return { moved, announced };
}

function announcement({ id, tag }: Recording, before: Channel | null): OutboxEntry {
  return {
    id: `${ANNOUNCE}#${tag ?? ''}#${id}`,
    type: ANNOUNCE,
    body: { assessment: id, tag, previous: before?.assessment ?? null, revision: revisionAfter(before, true) },
  };
}

function revisionAfter(before: Channel | null, announced: boolean): number {
  return (before?.revision ?? 0) + (announced ? 1 : 0);
}

/** The image that had the tag until now loses it in the same commit. */
async function supersede(
  register: RegisterStore,
  before: Channel | null,
  { assessment, tag }: Recording,
): Promise<Put[]> {
  if (before === null || before.placement.digest === assessment.placement.digest) return [];
  const stored = await register.get(currentKey(before.placement, assessment.stage));
  if (stored === null) return [];
  const loser = readCurrent(stored);
  const tags = loser.tags.filter((name) => name !== tag);
  return [replace(stored, itemOf({ ...loser, tags, superseded: tags.length === 0 }))];
}

function currentItem({ assessment, id, tag }: Recording, was: Current | null, platform: string): Item {
  const { placement, stage, at, verdict, blocking, score } = assessment;
  return itemOf({
    placement,
    platform,
    stage,
    sighted: assessment.stageFrom === 'sighted',
    asset: assessment.asset?.id ?? null,
    tags: joinTags(was, tag),
    superseded: false,
    gone: null,
    assessment: id,
    at,
    verdict,
    blocking,
    score,
  });
}

function withTag(was: Current, tag: string | null): Item {
  return itemOf({ ...was, tags: joinTags(was, tag), superseded: false });
}

function joinTags(was: Current | null, tag: string | null): readonly string[] {
  return [...new Set([...(was?.tags ?? []), ...(tag === null ? [] : [tag])])].sort();
}

function itemOf(current: Current): Item {
  const { placement, stage, asset, platform } = current;
  return {
    ...currentKey(placement, stage),
    body: { ...current },
    indexes: { board: boardKey(asset, placement, platform, stage) },
  };
}

function replace(stored: StoredItem | null, item: Item): Put {
  return { item, when: stored === null ? 'absent' : { version: stored.version } };
}

/** Items that never change are put once: those that are there are left out. */
async function absentOnly(register: RegisterStore, items: readonly Item[]): Promise<Put[]> {
  const present = await Promise.all(items.map(async (item) => (await register.get(item)) !== null));
  return items.flatMap((item, index) => (present[index] === true ? [] : [{ item, when: 'absent' as const }]));
}
