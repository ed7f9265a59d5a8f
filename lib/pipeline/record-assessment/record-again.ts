/**
 * Records a judgement that no push asked for: the current verdict and the channels of all its tags move in
 * one commit, and what is news is laid beside its cause, to be told with everything else that it changed.
 *
 * A tag that another image has by then is left to that image.
 */
import { type Cause, causeId } from '../../core/again/cause.ts';
import { changedVerdictOf } from '../../core/again/changed-verdict.ts';
import { platformName } from '../../core/image/platform.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { type Channel, type Current, movesForward, readChannel, readCurrent } from '../../core/register/current.ts';
import { causeChangedKey } from '../../core/register/index-keys.ts';
import { channelKey, currentKey } from '../../core/register/keys.ts';
import { outcomeId, outcomeOf } from '../../core/register/outcome.ts';
import type { Key, Put, RegisterStore, StoredItem } from '../ports/register-store.ts';
import { foldEntry } from '../risks/fold-entry.ts';
import { currentOf, itemOf, knownPuts, type Recording, replace } from './current-items.ts';
import { lapseEntries } from './lapse-entries.ts';
import { passedPuts } from './passed.ts';
import { unsettledPuts } from './unsettled.ts';
import { untilNoConflict } from './until-no-conflict.ts';

export interface AgainRecording extends Recording {
  readonly cause: Cause;
  readonly page: number;
  /** The assessment that it was compared with; null where the stage is new to the placement. */
  readonly before: Assessment | null;
  /** What is known of the image for this stage, or, where that is new, for another. */
  readonly like: Pick<Current, 'tags' | 'superseded' | 'replacedBy' | 'gone'>;
  readonly running: boolean;
  readonly fallbackOwner: string;
}

interface ReadChannel {
  readonly key: Key;
  readonly stored: StoredItem | null;
  readonly channel: Channel | null;
  readonly tag: string | null;
}

const CHANNELS_PER_COMMIT = 80;

/** @returns false where a later judgement is recorded already */
export async function recordAgain(recording: AgainRecording, register: RegisterStore): Promise<boolean> {
  return await untilNoConflict(() => tryToRecord(recording, register));
}

/** Says that a judgement found everything as it was; a later one, or another verdict, stands as it is. */
export async function confirmCurrent(was: Current, at: string, register: RegisterStore): Promise<void> {
  await untilNoConflict(async () => {
    const stored = await register.get(currentKey(was.placement, was.stage));
    const current = readCurrent(stored);
    if (current?.assessment !== was.assessment || (current.confirmedAt ?? '') >= at) return;
    const puts = [replace(stored, itemOf({ ...current, retired: false, confirmedAt: at }))];
    // What the appetite gives again counts again.
    const outbox = current.retired ? [foldEntry(was.placement, { back: stored?.version })] : [];
    await register.commit({ puts, outbox });
  });
}

/** Takes a verdict off the board whose stage the appetite no longer gives; another verdict stands as it is. */
export async function retireCurrent(was: Current, register: RegisterStore): Promise<void> {
  await untilNoConflict(async () => {
    const stored = await register.get(currentKey(was.placement, was.stage));
    const current = readCurrent(stored);
    if (current?.assessment !== was.assessment || current.retired) return;
    const puts = [replace(stored, itemOf({ ...current, retired: true }))];
    await register.commit({ puts, outbox: [foldEntry(was.placement, { retired: stored?.version })] });
  });
}

async function tryToRecord(recording: AgainRecording, register: RegisterStore): Promise<boolean> {
  const { assessment, id } = recording;
  const { placement, stage, at } = assessment;
  const stored = await register.get(currentKey(placement, stage));
  const was = readCurrent(stored);
  // A later judgement may have found everything as it was, and only said so.
  if (!movesForward(was, { at, assessment: id }) || (was?.confirmedAt ?? '') > at) return false;

  const { tags, superseded, replacedBy, gone } = was ?? recording.like;
  const platform = platformName(assessment.image.platform);
  const channels = await channelsOf({ ...recording, tags, superseded, platform }, register);
  const outcome = outcomeId(outcomeOf(assessment));
  const told = channels.flatMap(({ channel, tag }) =>
    channel?.outcome === outcome
      ? []
      : [{ tag, previous: channel?.assessment ?? null, revision: (channel?.revision ?? 0) + 1 }],
  );
  const puts = channels.map((one) => channelPut(one, recording, outcome));
  // An image may have more tags than a commit takes: those beyond go first, the verdict moves last.
  for (let start = CHANNELS_PER_COMMIT; start < puts.length; start += CHANNELS_PER_COMMIT) {
    await register.commit({ puts: puts.slice(start, start + CHANNELS_PER_COMMIT) });
  }
  await register.commit({
    puts: [
      ...(await knownPuts(recording, register)),
      ...(await passedPuts(recording, register)),
      replace(stored, itemOf(currentOf(recording, { platform, tags, superseded, replacedBy, gone }))),
      ...puts.slice(0, CHANNELS_PER_COMMIT),
      ...(await unsettledPuts(assessment, register)),
      ...(await changedPuts(recording, { tags, told }, register)),
    ],
    outbox: [foldEntry(placement, { assessment: id }), ...lapseEntries(recording)],
  });
  return true;
}

interface Asked extends AgainRecording, Pick<Current, 'tags' | 'superseded' | 'platform'> {}

/** Those that are this image's, and that this judgement moves. */
async function channelsOf(asked: Asked, register: RegisterStore): Promise<readonly ReadChannel[]> {
  const { assessment, id, tags, superseded, platform } = asked;
  const { placement, stage, at } = assessment;
  // What runs though its tags have gone to others has a channel by itself: a digest is no tag.
  const names = superseded ? [{ tag: null, name: placement.digest }] : named(tags);
  const read = names.map(async ({ tag, name }) => {
    const key = channelKey(placement, name, platform, stage);
    const stored = await register.get(key);
    return { key, stored, channel: readChannel(stored), tag };
  });
  return (await Promise.all(read)).filter(
    ({ channel }) =>
      (channel === null || channel.placement.digest === placement.digest) &&
      movesForward(channel, { at, assessment: id }),
  );
}

function named(tags: readonly string[]): readonly { readonly tag: string | null; readonly name: string | null }[] {
  return tags.length === 0 ? [{ tag: null, name: null }] : tags.map((tag) => ({ tag, name: tag }));
}

function channelPut(
  { key, stored, channel }: ReadChannel,
  { assessment, id, basis }: AgainRecording,
  outcome: Channel['outcome'],
): Put {
  const { placement, at, verdict } = assessment;
  const revision = (channel?.revision ?? 0) + (channel?.outcome === outcome ? 0 : 1);
  const pushed = channel === null ? null : (channel.pushed ?? { assessment: channel.assessment, at: channel.at });
  const body: Channel = { placement, assessment: id, at, verdict, outcome, revision, basis, pushed };
  return replace(stored, { ...key, body: { ...body } });
}

async function changedPuts(
  { assessment, id, before, cause, page, running, fallbackOwner }: AgainRecording,
  { tags, told }: { readonly tags: readonly string[]; readonly told: Parameters<typeof changedVerdictOf>[3]['told'] },
  register: RegisterStore,
): Promise<readonly Put[]> {
  const changed = changedVerdictOf(assessment, id, before, { tags, told, running, page, fallbackOwner });
  if (changed === null) return [];
  const key = causeChangedKey(causeId(cause), assessment.placement, assessment.stage);
  return [replace(await register.get(key), { ...key, body: { ...changed } })];
}
