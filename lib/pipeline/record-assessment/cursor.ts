/** Up to which instant something was done that time brings: a row that only moves forward. */
import { z } from 'zod';

import type { Key, RegisterStore } from '../ports/register-store.ts';
import { untilNoConflict } from './until-no-conflict.ts';

const body = z.object({ through: z.string() });

/** @returns ISO 8601; null where it was never done */
export async function readCursor(key: Key, register: RegisterStore): Promise<string | null> {
  const stored = await register.get(key);
  return stored === null ? null : body.parse(stored.body).through;
}

/** @param at - ISO 8601; where another came further, nothing */
export async function moveCursor(key: Key, at: string, register: RegisterStore): Promise<void> {
  await untilNoConflict(async () => {
    const stored = await register.get(key);
    if (stored !== null && body.parse(stored.body).through >= at) return;
    const when = stored === null ? ('absent' as const) : { version: stored.version };
    await register.commit({ puts: [{ item: { ...key, body: { through: at } }, when }] });
  });
}
