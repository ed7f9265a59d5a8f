/** What a date brings as time passes, if nobody does anything: each reminder of it with its mails, and the date itself. */
import type { Appetite } from '../appetite/appetite.ts';
import { reminderNotice } from '../notices/reminder-notice.ts';
import type { Dated } from '../reminders/dated.ts';
import type { Rung } from '../reminders/ladder.ts';
import { recipientsOf } from '../reminders/recipients.ts';
import { reminderId } from '../reminders/reminder-id.ts';
import { owedRung, type ReminderState, settledState } from '../reminders/reminder-state.ts';
import type { ComingDate, ReminderMail } from './coming.ts';

interface Asked {
  readonly appetite: Pick<Appetite, 'people' | 'reminders'>;
  /** ISO 8601: what is owed by then is told then. */
  readonly from: string;
  /** ISO 8601: itself included. */
  readonly until: string;
}

/**
 * In the order of time.
 *
 * @param was - where its ladder stands; null where nobody looked at it yet
 */
export function remindersAhead(dated: Dated, was: ReminderState | null, asked: Asked): readonly ComingDate[] {
  const { from, until, appetite } = asked;
  const { kind, subject, title, due } = dated;
  const about = { kind, subject, title };
  const coming: ComingDate[] = [];
  let state = settledState(dated, was, appetite.reminders);
  for (let at = from; state !== null;) {
    const owed = owedRung(dated, state, appetite.reminders, at);
    if (owed !== null) {
      const { rung } = owed;
      coming.push({ what: 'reminder', at, ...about, rung: rung.name, mails: mailsOf(dated, rung, at, appetite) });
      state = settledState(dated, { ...state, through: rung.at }, appetite.reminders);
    }
    const next: Rung | null = state?.next ?? null;
    if (next === null || next.at > until) break;
    at = next.at;
  }
  if (due.at > from && due.at <= until) coming.push({ what: 'date', at: due.at, ...about });
  return coming.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function mailsOf(dated: Dated, rung: Rung, at: string, appetite: Asked['appetite']): readonly ReminderMail[] {
  return recipientsOf(dated, rung, appetite).map((to) => {
    const id = reminderId(dated, rung, to.name);
    return { id, to: to.name, subject: reminderNotice({ id, dated, rung, to, at }).subject };
  });
}
