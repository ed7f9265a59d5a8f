/**
 * Looks at every ladder that came due since the last time: what a laptop's ticker does each minute, and the sweep on
 * AWS for what no timer brought. A machine that slept catches up: of several rungs one is told.
 */
import { z } from 'zod';

import { REMINDER_KINDS } from '../../core/appetite/reminder-policy.ts';
import { REMINDER_DUE_CURSOR, reminderDuePartition, reminderKey } from '../../core/register/reminder-keys.ts';
import type { LadderName } from '../../core/reminders/dated.ts';
import { readReminderState } from '../../core/reminders/reminder-state.ts';
import { someAtATime } from '../feeds/some-at-a-time.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { moveCursor, readCursor } from '../record-assessment/cursor.ts';
import { missingLadders } from './missing-ladders.ts';
import { readLadders } from './read-ladders.ts';
import { remind, type Reminding } from './remind.ts';

const dueBody = z.object({ kind: z.enum(REMINDER_KINDS), subject: z.string() });

/** Rows that were put while the cursor moved on lie a little behind it. */
const BACK_MS = 86_400_000;

export interface SentDue {
  /** Ladders of which people were told. */
  readonly told: number;
  /** Those of which nobody could be told. */
  readonly unreachable: number;
  /** Why some could not be looked at: they are again, the next time. */
  readonly failures: readonly unknown[];
}

export async function sendDue(now: Date, reminding: Reminding): Promise<SentDue> {
  const { register } = reminding;
  const at = now.toISOString();
  const through = (await readCursor(REMINDER_DUE_CURSOR, register)) ?? at;
  const from = new Date(Math.min(Date.parse(through), now.getTime()) - BACK_MS).toISOString();
  const rows = [];
  for (const pk of monthsBetween(from, at)) rows.push(...(await readAll(register, { pk, between: [from, `${at}~`] })));
  const ladders = distinct(rows.map(({ body }) => dueBody.parse(body)));
  const owed = await someAtATime(ladders, READ_AT_ONCE, async (ladder) => await isOwed(ladder, at, register));
  const { busy, ...sent } = await lookAt(
    ladders.filter((_, place) => owed[place] === true),
    now,
    reminding,
  );
  // Behind what was told: who dies in between tells nothing twice, and finds it all again.
  if (busy === 0 && sent.failures.length === 0) await moveCursor(REMINDER_DUE_CURSOR, at, register);
  return sent;
}

/** Ladders that are read at the same time. */
const READ_AT_ONCE = 20;

/** Whether its next rung is due: a row outlives what it was put for. A date that moved leaves work of its own. */
async function isOwed(ladder: LadderName, at: string, register: RegisterStore): Promise<boolean> {
  const stored = await register.get(reminderKey(ladder));
  const next = stored === null ? null : readReminderState(stored).next;
  return next !== null && next.at <= at;
}

/** Looks at every ladder that there is: once a day, for what nothing brought, and for another appetite. */
export async function lookAtAll(now: Date, reminding: Reminding): Promise<SentDue> {
  const { register } = reminding;
  const known = await readLadders(register);
  const ladders = [...known, ...(await missingLadders(known, now, register))];
  const { told, unreachable, failures } = await lookAt(ladders, now, reminding);
  return { told, unreachable, failures };
}

/** Of those that another is at the other tells, or else they are found again. */
async function lookAt(
  ladders: readonly LadderName[],
  now: Date,
  reminding: Reminding,
): Promise<SentDue & { readonly busy: number }> {
  const failures: unknown[] = [];
  let [told, unreachable, busy] = [0, 0, 0];
  for (const ladder of ladders) {
    try {
      const { outcome } = await remind(ladder, now, reminding);
      if (outcome === 'told') told += 1;
      if (outcome === 'unreachable') unreachable += 1;
      if (outcome === 'busy') busy += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  return { told, unreachable, busy, failures };
}

function distinct(ladders: readonly LadderName[]): readonly LadderName[] {
  return [...new Map(ladders.map((one) => [`${one.kind}#${one.subject}`, one])).values()];
}

/** The partition of each month from an instant to another. */
function monthsBetween(from: string, until: string): readonly string[] {
  const months: string[] = [];
  const month = new Date(`${from.slice(0, 7)}-01T00:00:00.000Z`);
  for (; month.toISOString() <= until; month.setUTCMonth(month.getUTCMonth() + 1)) {
    months.push(reminderDuePartition(month.toISOString()));
  }
  return months;
}
