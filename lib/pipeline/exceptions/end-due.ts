/**
 * Ends exceptions whose time is over. They count for nothing since their end, whenever this runs: it only sees to it
 * that verdicts follow soon, and that the register says so.
 */
import { EXCEPTION_ENDS_CURSOR } from '../../core/register/exception-keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { moveCursor, readCursor } from '../record-assessment/cursor.ts';
import { endIfGranted } from './end-exception.ts';
import { readEnds } from './read-ends.ts';

/** Ends that were put while the cursor moved on lie a little behind it. */
const BACK_MS = 86_400_000;
const BEGINNING = '0000';

/** @returns how many ended */
export async function endDue(now: Date, register: RegisterStore): Promise<number> {
  const through = (await readCursor(EXCEPTION_ENDS_CURSOR, register)) ?? BEGINNING;
  const at = now.toISOString();
  if (at <= through) return 0;
  const due = await readEnds([from(through), `${at}~`], register);
  let count = 0;
  for (const { exception, at: end } of due) {
    const act = { how: 'expired', at: end, by: null, why: 'its time is over' } as const;
    if ((await endIfGranted(exception, act, register)) !== null) count += 1;
  }
  // Behind what was ended: who dies in between ends nothing twice, and finds it all again.
  await moveCursor(EXCEPTION_ENDS_CURSOR, at, register);
  return count;
}

function from(through: string): string {
  return through === BEGINNING ? BEGINNING : new Date(Date.parse(through) - BACK_MS).toISOString();
}
