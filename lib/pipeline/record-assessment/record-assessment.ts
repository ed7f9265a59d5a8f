/**
 * Records an assessment of a placement: the history, the current verdict, the board, and the
 * notice that is owed, in one commit.
 *
 * Run twice, late or after its successor, the register ends the same: the current verdict only
 * moves forward in time, and a notice follows only from the commit that moved it.
 */
import { platformName } from '../../core/image/platform.ts';
import {
  type Channel,
  type Current,
  movesForward,
  readChannel,
  readCurrent,
  takesChannel,
} from '../../core/register/current.ts';
import { assessmentKey, channelKey, currentKey } from '../../core/register/keys.ts';
import { outcomeId, outcomeOf } from '../../core/register/outcome.ts';
import type { Item, OutboxEntry, Put, RegisterStore } from '../ports/register-store.ts';
import { foldEntry } from '../risks/fold-entry.ts';
import { ANNOUNCE } from '../work/work-types.ts';
import { currentOf, itemOf, knownPuts, type Recording, replace } from './current-items.ts';
import { lapseEntries } from './lapse-entries.ts';
import { passedPuts } from './passed.ts';
import { unsettledPuts } from './unsettled.ts';
import { untilNoConflict } from './until-no-conflict.ts';

/** The verdict of an image that was pushed under a tag, or under none. */
export interface PushRecording extends Recording {
  readonly tag: string | null;
}

/** What recording did. */
export interface Recorded {
  readonly moved: boolean;
  /** A notice is owed: the outcome is news. */
  readonly announced: boolean;
}

export { ANNOUNCE };

export async function recordAssessment(recording: PushRecording, register: RegisterStore): Promise<Recorded> {
  return await untilNoConflict(() => tryToRecord(recording, register));
}

async function tryToRecord(recording: PushRecording, register: RegisterStore): Promise<Recorded> {
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
  const moved = takesChannel(before, { placement, at, assessment: id });
  if (known !== null && !moved) return { moved: false, announced: false };

  const outcome = outcomeId(outcomeOf(assessment));
  const announced = moved && before?.outcome !== outcome;
  const puts: Put[] = [...(await knownPuts(recording, register)), ...(await passedPuts(recording, register))];
  const was = readCurrent(current);
  if (movesForward(was, { at, assessment: id })) {
    puts.push(replace(current, currentItem(recording, was, platform)), ...(await unsettledPuts(assessment, register)));
  } else if (was !== null && moved) puts.push(replace(current, withTag(was, tag)));
  if (moved) {
    const revision = revisionAfter(before, announced);
    const { verdict } = assessment;
    const body: Channel = { placement, assessment: id, at, verdict, outcome, revision, basis, pushed: null };
    puts.push(replace(channel, { ...keys.channel, body: { ...body } }));
    puts.push(...(await supersede(register, before, recording)));
  }
  const replaced = moved && before?.placement.digest !== placement.digest ? (before?.placement ?? null) : null;
  const outbox = [
    ...(announced ? [announcement(recording, before)] : []),
    foldEntry(placement, { assessment: id, tag, was: before?.assessment ?? null }, replaced),
    ...lapseEntries(recording),
  ];
  await register.commit({ puts, outbox });
  return { moved, announced };
}

function announcement({ id, tag }: PushRecording, before: Channel | null): OutboxEntry {
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
  { assessment, tag }: PushRecording,
): Promise<Put[]> {
  if (before === null || before.placement.digest === assessment.placement.digest) return [];
  const stored = await register.get(currentKey(before.placement, assessment.stage));
  if (stored === null) return [];
  const loser = readCurrent(stored);
  const tags = loser.tags.filter((name) => name !== tag);
  const replacedBy = tags.length === 0 ? assessment.placement.digest : null;
  return [replace(stored, itemOf({ ...loser, tags, superseded: tags.length === 0, replacedBy }))];
}

function currentItem(recording: PushRecording, was: Current | null, platform: string): Item {
  const tags = joinTags(was, recording.tag);
  return itemOf(currentOf(recording, { platform, tags, superseded: false, replacedBy: null, gone: null }));
}

function withTag(was: Current, tag: string | null): Item {
  return itemOf({ ...was, tags: joinTags(was, tag), superseded: false, replacedBy: null });
}

function joinTags(was: Current | null, tag: string | null): readonly string[] {
  return [...new Set([...(was?.tags ?? []), ...(tag === null ? [] : [tag])])].sort();
}
