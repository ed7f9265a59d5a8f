/** Makes the timers those that there should be: some were lost, some were left over, some were changed by hand. */
import { planTimers, timerOf } from '../../core/reminders/timer-plan.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { Timers } from '../ports/timers.ts';
import { readLadders } from './read-ladders.ts';

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
  const wanted = (await readLadders(register)).flatMap((state) => timerOf(state, at) ?? []);
  const plan = planTimers(wanted, found);
  for (const timer of plan.put) await timers.put(timer, timer.zone, timer.message);
  for (const name of plan.remove) await timers.remove(name);
  return plan.put.length + plan.remove.length;
}
