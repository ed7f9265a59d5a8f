/**
 * Looks at one ladder: tells what is owed, writes down who was told, and sees to it that somebody looks again when the
 * next rung is due. A change, a timer, a tick and a sweep all come this way, and bring nothing but the ladder's name.
 *
 * A rung is written down once the channel has it. A death in between may tell it twice, under the same reference; what
 * is written down is not told again.
 */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { canonicalText } from '../../core/canonical/canonical.ts';
import { reminderDueKey, reminderKey } from '../../core/register/reminder-keys.ts';
import type { Dated, LadderName } from '../../core/reminders/dated.ts';
import type { Rung } from '../../core/reminders/ladder.ts';
import { owedRung, readReminderState, type ReminderState, settledState } from '../../core/reminders/reminder-state.ts';
import { timerOf } from '../../core/reminders/timer-plan.ts';
import type { Item, StoredItem } from '../ports/register-store.ts';
import type { Timers } from '../ports/timers.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { passedOver, type TellingRung, tellRung } from './tell-rung.ts';

export interface Reminding extends TellingRung {
  readonly appetite: Pick<Appetite, 'people' | 'reminders'>;
  readonly dated: (ladder: LadderName) => Promise<Dated | null>;
  /** Null where a ticker looks at what is due. */
  readonly timers: Timers | null;
}

/** `busy`: somebody else is at it, and has until then. */
export type Reminded =
  { readonly outcome: 'nothing' | 'told' | 'unreachable' } | { readonly outcome: 'busy'; readonly until: string };

/** How long one who died at it keeps others from it. */
const CLAIM_MS = 5 * 60_000;

/** @throws what the channel throws, once everybody else is told: it stays owed */
export async function remind(ladder: LadderName, now: Date, reminding: Reminding): Promise<Reminded> {
  const claimed = await claim(ladder, now, reminding);
  if ('outcome' in claimed) return claimed;
  const { dated, rung, missed } = claimed;
  try {
    const unreachable = await tellRung(dated, rung, now, reminding);
    if (unreachable.length > 0) {
      await settle(dated, null, { ...reminding, now });
      return { outcome: 'unreachable' };
    }
  } catch (error) {
    await settle(dated, null, { ...reminding, now });
    throw error;
  }
  const instead = missed.map((one) => passedOver(dated, one, now));
  await settle(dated, rung, { ...reminding, now, history: instead });
  return { outcome: 'told' };
}

interface Claimed {
  readonly dated: Dated;
  readonly rung: Rung;
  readonly missed: readonly Rung[];
}

/** Of two who come at the same time one tells: the other finds the claim. */
async function claim(ladder: LadderName, now: Date, reminding: Reminding): Promise<Claimed | Reminded> {
  const { register, appetite } = reminding;
  const at = now.toISOString();
  return await untilNoConflict(async () => {
    const [dated, stored] = await Promise.all([reminding.dated(ladder), register.get(reminderKey(ladder))]);
    const was = stored === null ? null : readReminderState(stored);
    const state = settledState(dated, was, appetite.reminders);
    if (state === null) return { outcome: 'nothing' };
    const owed = dated === null ? null : owedRung(dated, state, appetite.reminders, at);
    if (dated === null || owed === null) {
      await write({ ...state, claimedUntil: null }, stored, { ...reminding, now });
      return { outcome: 'nothing' };
    }
    const taken = was?.claimedUntil ?? null;
    if (taken !== null && taken > at) return { outcome: 'busy', until: taken };
    const claimedUntil = new Date(now.getTime() + CLAIM_MS).toISOString();
    await write({ ...state, claimedUntil }, stored, { register, now, timers: null });
    return { dated, ...owed };
  });
}

/**
 * Lets go of the claim. What was dated otherwise in between has a ladder of its own by now.
 *
 * @param told - null: nothing was told, and everything stays owed
 */
async function settle(
  ladder: Dated,
  told: Rung | null,
  reminding: Reminding & { readonly now: Date; readonly history?: readonly Item[] },
): Promise<void> {
  const { register, appetite } = reminding;
  await untilNoConflict(async () => {
    const [dated, stored] = await Promise.all([reminding.dated(ladder), register.get(reminderKey(ladder))]);
    const was = stored === null ? null : readReminderState(stored);
    // Who came too late for their claim finds it settled by another.
    const isTold = told !== null && was?.due.at === ladder.due.at && was.through < told.at;
    const state = settledState(dated, isTold ? { ...was, through: told.at } : was, appetite.reminders);
    if (state === null) return;
    await write({ ...state, claimedUntil: null }, stored, isTold ? reminding : { ...reminding, history: [] });
  });
}

interface Writing extends Pick<Reminding, 'register' | 'timers'> {
  readonly now: Date;
  readonly history?: readonly Item[];
}

async function write(
  state: ReminderState,
  stored: StoredItem | null,
  { register, timers, now, history = [] }: Writing,
): Promise<void> {
  const was = stored === null ? null : readReminderState(stored);
  const { kind, subject, due, next } = state;
  if (history.length > 0 || canonicalText(was) !== canonicalText(state)) {
    const item = { ...reminderKey(state), body: { ...state } };
    const row = next === null ? [] : [{ ...reminderDueKey(next.at, state), body: { kind, subject } }];
    await register.commit({
      puts: [{ item, when: stored === null ? 'absent' : { version: stored.version } }],
      history: [...history, ...row],
    });
  }
  // Also where nothing changed: who died between the two left no timer.
  if (timers === null) return;
  const [old, timer] = [was === null ? null : timerOf(was, NEVER), timerOf({ kind, subject, due, next }, iso(now))];
  if (timer !== null) await timers.put(timer, timer.zone, timer.message);
  if (old !== null && old.name !== timer?.name) await timers.remove(old.name);
}

/** Before every instant. */
const NEVER = '';

function iso(now: Date): string {
  return now.toISOString();
}
