/**
 * Has everything judged again once a day (UTC): what the passing of time alone changes.
 *
 * A day has one round, however often it is begun. Who slept for three days catches up with one, for the
 * day on which he wakes.
 */
import type { RegisterStore } from '../ports/register-store.ts';
import { planEntry } from './plan-entry.ts';

export async function beginDay(now: Date, register: RegisterStore): Promise<void> {
  const day = now.toISOString().slice(0, 10);
  await register.commit({ puts: [], outbox: [planEntry({ kind: 'day', day })] });
}
