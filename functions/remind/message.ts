/** What the queue brings: work of the outbox by its name, or from a timer the ladder that is to be looked at. */
import { z } from 'zod';

import { REMINDER_KINDS } from '../../lib/core/appetite/reminder-policy.ts';
import type { TimerMessage } from '../../lib/pipeline/ports/timers.ts';
import { type NamedWork, readWorkMessage } from '../shared/work-message.ts';

const timerMessage = z.object({ kind: z.enum(REMINDER_KINDS), subject: z.string().min(1) });

/** @throws CavendishError `bad-input` */
export function readRemindMessage(body: unknown): TimerMessage | NamedWork {
  return timerMessage.safeParse(body).data ?? readWorkMessage(body);
}
