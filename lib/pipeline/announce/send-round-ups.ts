/**
 * Sends the round-up of a day or week to those who asked for it, once, at the time of day of reminders. A home that slept
 * over several sends one, of all that time.
 */
import type { ReminderPolicy } from '../../core/appetite/reminder-policy.ts';
import { calendarRoundUp, type Outlook, outlookFor } from '../../core/notices/calendar-round-up.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { type Paced, readPace } from '../../core/notices/pace.ts';
import { lastRoundUp, type RoundUpEvery } from '../../core/notices/round-up-times.ts';
import type { Interests } from '../../core/notices/subscriber.ts';
import { paceKey } from '../../core/register/pace-keys.ts';
import { oneByOne } from '../work/one-by-one.ts';
import { type Box, sendBox, type SendingBoxes } from './send-box.ts';
import type { SentHeld } from './send-held.ts';

export interface RoundUpReader {
  readonly to: Paced;
  readonly every: RoundUpEvery;
  /** When they asked for it (ISO 8601, UTC). */
  readonly since: string;
  /** What they asked for, each by itself. */
  readonly interests: readonly Interests[];
}

export interface SendingRoundUps extends SendingBoxes {
  readonly readers: readonly RoundUpReader[];
  readonly policy: { readonly reminders: Pick<ReminderPolicy, 'at'>; readonly zone: string };
  /** Asked once at most. */
  readonly lookOut: (span: { readonly since: string; readonly until: string }) => Promise<Outlook>;
}

/** How far ahead what is due is named. */
const DAYS_AHEAD: Readonly<Record<RoundUpEvery, number>> = { daily: 7, weekly: 14 };
/** Days before now of which what ended is looked for: a home that slept longer says so by what waited alone. */
const DAYS_BACK = 31;
const DAY_MS = 86_400_000;

/** @throws what a channel throws, once everybody else has theirs: it is tried again */
export async function sendRoundUps(sending: SendingRoundUps): Promise<SentHeld> {
  const now = sending.now();
  let outlook: Promise<Outlook> | null = null;
  const looked = (): Promise<Outlook> =>
    (outlook ??= sending.lookOut({ since: daysFrom(now, -DAYS_BACK), until: daysFrom(now, DAYS_AHEAD.weekly) }));
  let [roundUps, notices] = [0, 0];
  await oneByOne(sending.readers, async (reader) => {
    const calendar = await owedOf(reader, now, sending);
    if (calendar === null) return;
    const compose = async (box: Box): Promise<Notice | null> => compositionOf(reader, box, await looked());
    const count = await sendBox(reader.to, { compose, calendar }, sending);
    if (count !== null) roundUps += 1;
    notices += count ?? 0;
  });
  return { roundUps, notices };
}

/** @returns the instant of the round-up that is owed, or that did not go out yet; null where none is */
async function owedOf(
  { to, every, since }: RoundUpReader,
  now: Date,
  { register, policy }: SendingRoundUps,
): Promise<string | null> {
  const calendar = lastRoundUp(every, now.toISOString(), { clock: policy.reminders.at, zone: policy.zone });
  const stored = await register.get(paceKey(to.key));
  const pace = stored === null ? null : readPace(stored);
  const through = pace?.through ?? since;
  const waits = pace !== null && pace.closed !== null;
  return waits || through < calendar ? calendar : null;
}

function compositionOf({ to, every, since, interests }: RoundUpReader, box: Box, outlook: Outlook): Notice | null {
  const until = box.closed.calendar ?? box.closed.at;
  const from = box.through ?? since;
  const ahead = daysFrom(new Date(until), DAYS_AHEAD[every]);
  const { due, ended, unused } = outlookFor(interests, outlook);
  return calendarRoundUp({
    ...{ to, box: box.closed.number, every, since: from, until, rows: box.rows, letters: box.letters },
    outlook: {
      due: due.filter((one) => one.due.at <= ahead),
      ended: ended.filter((one) => one.ended !== null && one.ended.at > from),
      unused,
    },
  });
}

function daysFrom(instant: Date, days: number): string {
  return new Date(instant.getTime() + days * DAY_MS).toISOString();
}
