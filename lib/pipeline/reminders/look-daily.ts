/**
 * Looks at every ladder, and makes the timers right: once a day, and again as soon as the appetite says otherwise when
 * people are reminded, or who they are. Also of a home that is started again.
 */
import { z } from 'zod';

import { contentId } from '../../core/canonical/canonical.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import { REMINDER_DAY_CURSOR } from '../../core/register/reminder-keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import type { Reminding } from './remind.ts';
import { repairTimers } from './repair-timers.ts';
import { lookAtAll, type SentDue } from './send-due.ts';

const lookedBody = z.object({
  day: z.iso.date(),
  /** What of the appetite it was by; null: of before that was written down. */
  appetite: digestSchema.nullable().default(null),
});

type Looked = z.output<typeof lookedBody>;

export interface LookedDaily extends SentDue {
  /** Missing, surplus or wrong ones. */
  readonly timersRepaired: number;
}

const NOTHING: LookedDaily = { told: 0, unreachable: 0, failures: [], timersRepaired: 0 };

/** What fails is looked at again the next time, with all else. @throws CavendishError `unavailable` as timers do */
export async function lookDaily(now: Date, { timers, ...reminding }: Reminding): Promise<LookedDaily> {
  const { register, appetite } = reminding;
  const { people, reminders } = appetite;
  const looking: Looked = { day: now.toISOString().slice(0, 10), appetite: contentId({ people, reminders }) };
  if (await wasLooked(looking, register)) return NOTHING;
  // Timers are made right behind it, all at once.
  const sent = await lookAtAll(now, { ...reminding, timers: null });
  const timersRepaired = timers === null ? 0 : await repairTimers(now, { register, timers });
  if (sent.failures.length === 0) await remember(looking, register);
  return { ...sent, timersRepaired };
}

async function wasLooked({ day, appetite }: Looked, register: RegisterStore): Promise<boolean> {
  const stored = await register.get(REMINDER_DAY_CURSOR);
  if (stored === null) return false;
  const last = lookedBody.parse(stored.body);
  return last.day >= day && last.appetite === appetite;
}

async function remember(looked: Looked, register: RegisterStore): Promise<void> {
  await untilNoConflict(async () => {
    const stored = await register.get(REMINDER_DAY_CURSOR);
    const when = stored === null ? ('absent' as const) : { version: stored.version };
    await register.commit({ puts: [{ item: { ...REMINDER_DAY_CURSOR, body: looked }, when }] });
  });
}
