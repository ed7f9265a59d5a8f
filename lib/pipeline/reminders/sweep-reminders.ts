/** What the sweep on AWS does for reminders: tells what is due and no timer brought, and looks at all of it once a day. */
import { CavendishError } from '../../core/errors/error.ts';
import type { Timers } from '../ports/timers.ts';
import { lookDaily } from './look-daily.ts';
import type { Reminding } from './remind.ts';
import { sendDue } from './send-due.ts';

export interface Swept {
  readonly remindersSent: number;
  readonly remindersUnreachable: number;
  readonly timersRepaired: number;
}

/** @throws CavendishError `unavailable` where some ladder could not be looked at, once the others were */
export async function sweepReminders(now: Date, reminding: Reminding & { readonly timers: Timers }): Promise<Swept> {
  const due = await sendDue(now, reminding);
  const all = await lookDaily(now, reminding);
  const failures = [...due.failures, ...all.failures];
  if (failures.length > 0) throw notWhole(failures);
  return {
    remindersSent: due.told + all.told,
    remindersUnreachable: Math.max(due.unreachable, all.unreachable),
    timersRepaired: all.timersRepaired,
  };
}

function notWhole(failures: readonly unknown[]): CavendishError {
  const [first] = failures;
  const why = Error.isError(first) ? first.message : String(first);
  return new CavendishError('unavailable', `${String(failures.length)} ladders could not be looked at: ${why}`, {
    next: 'What is owed stays so: the next sweep looks again.',
    cause: first,
  });
}
