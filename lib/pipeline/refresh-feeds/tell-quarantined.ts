/**
 * Tells the operator and programs of what was set aside and not told yet: after each refresh, so that one that died
 * in between is told by the next.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import type { OutEvent } from '../../core/events/out-event.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { quarantineEvent, quarantineNotice } from '../../core/notices/quarantine-notice.ts';
import { listQuarantined, putAgain, type StoredQuarantined } from '../feeds/quarantine-items.ts';
import type { RegisterStore } from '../ports/register-store.ts';

interface Telling {
  readonly register: RegisterStore;
  /** When it is told. */
  readonly at: Date;
  /** How commands name the home: see `quarantineNotice`. */
  readonly home: string;
  /** Tells both; what it throws leaves them owed. */
  readonly tell: (notice: Notice, events: readonly OutEvent[]) => Promise<void>;
}

/** @returns of how many arrivals people were told now */
export async function tellQuarantined({ register, at, home, tell }: Telling): Promise<number> {
  const untold = (await listQuarantined(register)).filter(({ state, toldAt }) => state === 'held' && toldAt === null);
  if (untold.length === 0) return 0;
  await tell(quarantineNotice(untold, home), untold.map(quarantineEvent));
  for (const one of untold) await remember(one, at, register);
  return untold.length;
}

async function remember(one: StoredQuarantined, at: Date, register: RegisterStore): Promise<void> {
  try {
    await register.commit({ puts: [putAgain(one, { toldAt: at.toISOString() })] });
  } catch (error) {
    // Somebody settled it meanwhile, or another told the same.
    if (!isCavendishError(error, 'conflict')) throw error;
  }
}
