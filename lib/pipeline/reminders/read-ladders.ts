import { reminderPartitions } from '../../core/register/reminder-keys.ts';
import { readReminderState, type ReminderState } from '../../core/reminders/reminder-state.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';

/** Where every ladder stands that was ever looked at: of the table, so that none is missed. */
export async function readLadders(register: RegisterStore): Promise<readonly ReminderState[]> {
  const partitions = await Promise.all(reminderPartitions().map((pk) => readAll(register, { pk })));
  return partitions.flat().map(readReminderState);
}
