/**
 * What the passing of time brings: exceptions whose time is over end, people are reminded of what comes due, and
 * everything is judged again once a day (UTC).
 *
 * A day has one round, however often it is asked for; a home that slept for three days catches up with
 * one, for the day on which it wakes.
 */
import { endDue } from '../../pipeline/exceptions/end-due.ts';
import { beginDay } from '../../pipeline/judge-again/begin-day.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { RegisterStore } from '../../pipeline/ports/register-store.ts';
import { lookDaily } from '../../pipeline/reminders/look-daily.ts';
import type { Reminding } from '../../pipeline/reminders/remind.ts';
import { sendDue, type SentDue } from '../../pipeline/reminders/send-due.ts';

interface Days {
  readonly register: RegisterStore;
  readonly clock: Clock;
  /** By the appetite that counts by then. */
  readonly reminding: () => Promise<Reminding>;
  /** What else is to be done by the clock. */
  readonly onLook: () => Promise<void>;
  /** There is work. */
  readonly onDay: () => void;
  /** The register failed; it is tried again. */
  readonly onFault: (fault: unknown) => void;
}

/** Milliseconds between two looks at the clock. */
const LOOK = 60_000;

/** Resolves when the day that it is has its round; `stop` when the look under way is over. */
export async function startDays({
  register,
  clock,
  reminding,
  onLook,
  onDay,
  onFault,
}: Days): Promise<{ stop(): Promise<void> }> {
  let last = '';

  function tellFaults({ failures }: SentDue): void {
    for (const failure of failures) onFault(failure);
  }

  async function look(): Promise<void> {
    const now = clock();
    if ((await endDue(now, register)) > 0) onDay();
    const all = await reminding();
    tellFaults(await sendDue(now, all));
    tellFaults(await lookDaily(now, all));
    await onLook().catch(onFault);
    const day = now.toISOString().slice(0, 10);
    if (day === last) return;
    await beginDay(now, register);
    last = day;
    onDay();
  }

  await look();
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look).catch(onFault);
  }, LOOK).unref();
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
