/** Makes the timers those that there should be: some were lost, some were left over, some were changed by hand. */
import { reminderPartitions } from '../../core/register/reminder-keys.ts';
import { readReminderState } from '../../core/reminders/reminder-state.ts';
import { planTimers, timerOf } from '../../core/reminders/timer-plan.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { Timers } from '../ports/timers.ts';
import { readAll } from '../read-board/read-all.ts';

interface Dependencies {
  readonly register: RegisterStore;
  readonly timers: Timers;
}

/**
 * @returns how many were missing, surplus or wrong
 * @throws CavendishError `unavailable`: what was repaired until then is, and the rest is found again
 */
export async function repairTimers(now: Date, { register, timers }: Dependencies): Promise<number> {
  // First the timers, then the ladders: of one that moves meanwhile at most a timer is left over, and brings nothing.
  const found = await Array.fromAsync(timers.list());
  const at = now.toISOString();
  const wanted = [];
  for (const pk of reminderPartitions()) {
    const states = (await readAll(register, { pk })).map(readReminderState);
    wanted.push(...states.flatMap((state) => timerOf(state, at) ?? []));
  }
  const plan = planTimers(wanted, found);
  for (const timer of plan.put) await timers.put(timer, timer.zone, timer.message);
  for (const name of plan.remove) await timers.remove(name);
  return plan.put.length + plan.remove.length;
}
