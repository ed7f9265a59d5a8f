/**
 * Ends exceptions whose time is over. They count for nothing since their end, whenever this runs: it only sees to it
 * that verdicts follow soon, and that the register says so.
 */
import { z } from 'zod';

import { EXCEPTION_ENDS_CURSOR, EXCEPTION_ENDS_PARTITION } from '../../core/register/exception-keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { moveCursor, readCursor } from '../record-assessment/cursor.ts';
import { endIfGranted } from './end-exception.ts';

const endBody = z.object({ exception: z.string() });

/** Ends that were put while the cursor moved on lie a little behind it. */
const BACK_MS = 86_400_000;
const BEGINNING = '0000';

/** @returns how many ended */
export async function endDue(now: Date, register: RegisterStore): Promise<number> {
  const through = (await readCursor(EXCEPTION_ENDS_CURSOR, register)) ?? BEGINNING;
  const at = now.toISOString();
  if (at <= through) return 0;
  const due = await readAll(register, { pk: EXCEPTION_ENDS_PARTITION, between: [from(through), `${at}~`] });
  let count = 0;
  for (const { sk, body } of due) {
    const end = sk.slice(0, sk.indexOf('#'));
    const act = { how: 'expired', at: end, by: null, why: 'its time is over' } as const;
    if ((await endIfGranted(endBody.parse(body).exception, act, register)) !== null) count += 1;
  }
  // Behind what was ended: who dies in between ends nothing twice, and finds it all again.
  await moveCursor(EXCEPTION_ENDS_CURSOR, at, register);
  return count;
}

function from(through: string): string {
  return through === BEGINNING ? BEGINNING : new Date(Date.parse(through) - BACK_MS).toISOString();
}
