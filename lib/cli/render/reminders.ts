/** What comes due, as people read it. */
import { ladderText } from '../../core/reminders/dated.ts';
import { plainLine } from '../../core/text/plain.ts';
import { shownEnd } from '../../core/time/end.ts';
import type { AcknowledgedLadder } from '../../pipeline/reminders/acknowledge.ts';
import type { ListedReminder } from '../../pipeline/reminders/list-reminders.ts';
import type { Io } from '../io.ts';
import { coloursFor } from './colours.ts';
import { table } from './table.ts';

const HEAD = ['DUE', 'WHAT', '', 'WHOSE', 'NEXT REMINDER'];

export function remindersText(rows: readonly ListedReminder[], { stdout }: Pick<Io, 'stdout'>): string {
  if (rows.length === 0) return 'Nothing comes due. What would: exceptions, their reviews, risks, evidence, approvals.';
  const { bad, faint } = coloursFor(stdout);
  const lines = rows.map((row) => [
    row.overdue ? bad(shownEnd(row.due)) : shownEnd(row.due),
    plainLine(ladderText(row)),
    plainLine(row.title),
    plainLine(row.to.join(', ')),
    nextOf(row),
  ]);
  return table([HEAD.map(faint), ...lines]).join('\n');
}

function nextOf({ next, acknowledged }: ListedReminder): string {
  if (next !== null) return `${next.at.slice(0, 16)}Z`;
  return acknowledged === null ? 'none' : plainLine(`none: ${byOf(acknowledged)} knows`);
}

export function acknowledgedText({ dated, acknowledged }: AcknowledgedLadder): string {
  const { until } = acknowledged;
  const silent =
    until === null ? `until its date is another than ${shownEnd(dated.due)}` : `until ${until.slice(0, 16)}Z`;
  return plainLine(`${ladderText(dated)} (${dated.title}) is acknowledged: nobody hears of it ${silent}`);
}

function byOf({ by: { person, principal } }: AcknowledgedLadder['acknowledged']): string {
  return person ?? principal;
}
