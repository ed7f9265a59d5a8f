/**
 * What the sweep on AWS does for reminders: tells what is due and no timer brought, and once a day looks at every ladder
 * and makes the timers right.
 */
import { z } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import { REMINDER_DAY_CURSOR } from '../../core/register/reminder-keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { Timers } from '../ports/timers.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import type { Reminding } from './remind.ts';
import { repairTimers } from './repair-timers.ts';
import { lookAtAll, sendDue, type SentDue } from './send-due.ts';

export interface Swept {
  readonly remindersSent: number;
  readonly remindersUnreachable: number;
  readonly timersRepaired: number;
}

const dayBody = z.object({ day: z.iso.date() });

/** @throws CavendishError `unavailable` where some ladder could not be looked at, once the others were */
export async function sweepReminders(
  now: Date,
  { timers, ...reminding }: Reminding & { readonly timers: Timers },
): Promise<Swept> {
  const { register } = reminding;
  const due = await sendDue(now, { ...reminding, timers });
  const day = now.toISOString().slice(0, 10);
  const isNewDay = (await dayOf(register)) < day;
  // Timers are made right behind it, all at once.
  const all = isNewDay ? await lookAtAll(now, { ...reminding, timers: null }) : NOTHING;
  const timersRepaired = isNewDay ? await repairTimers(now, { register, timers }) : 0;
  const failures = [...due.failures, ...all.failures];
  if (failures.length > 0) throw notWhole(failures);
  if (isNewDay) await remember(day, register);
  const unreachable = Math.max(due.unreachable, all.unreachable);
  return { remindersSent: due.told + all.told, remindersUnreachable: unreachable, timersRepaired };
}

const NOTHING: SentDue = { told: 0, unreachable: 0, failures: [] };

function notWhole(failures: readonly unknown[]): CavendishError {
  const [first] = failures;
  const why = Error.isError(first) ? first.message : String(first);
  return new CavendishError('unavailable', `${String(failures.length)} ladders could not be looked at: ${why}`, {
    next: 'What is owed stays so: the next sweep looks again.',
    cause: first,
  });
}

async function dayOf(register: RegisterStore): Promise<string> {
  const stored = await register.get(REMINDER_DAY_CURSOR);
  return stored === null ? '' : dayBody.parse(stored.body).day;
}

async function remember(day: string, register: RegisterStore): Promise<void> {
  await untilNoConflict(async () => {
    const stored = await register.get(REMINDER_DAY_CURSOR);
    const when = stored === null ? ('absent' as const) : { version: stored.version };
    await register.commit({ puts: [{ item: { ...REMINDER_DAY_CURSOR, body: { day } }, when }] });
  });
}
