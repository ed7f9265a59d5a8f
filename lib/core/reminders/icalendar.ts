/**
 * Dates as iCalendar (RFC 5545): what calendars take in, and move when it is given to them again.
 *
 * A named day is an event of the whole day, in whatever zone it is looked at; an instant is one in UTC. So there is
 * nothing to say of time zones, and no calendar that knows other rules of them than we do shows another day.
 */
import ical, { type ICalCalendar, ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';

import type { ReminderKind } from '../appetite/reminder-policy.ts';
import { contentId } from '../canonical/canonical.ts';
import { hexOf } from '../image/digest.ts';
import { plainLine } from '../text/plain.ts';
import type { Dated, LadderName } from './dated.ts';

type Entry = Pick<Dated, 'kind' | 'subject' | 'due' | 'title' | 'detail' | 'answers'>;

interface Written {
  readonly entries: readonly Entry[];
  /** ISO 8601: when it is written. Of two that speak of the same date, calendars go by the later. */
  readonly at: string;
  /** E-mail address of who sends it, where it goes by mail; null: a file, or what is fetched. */
  readonly from: string | null;
}

const NAME = 'Cavendish';

const WHAT: Readonly<Record<ReminderKind, string>> = {
  expiry: 'Exception ends',
  review: 'Review of an exception',
  risk: 'Risk to be mitigated',
  evidence: 'Validation becomes old',
  approval: 'Approval of a base image ends',
};

/** What SEQUENCE counts from, in seconds: so it fits 31 bits until 2088. */
const EPOCH = Date.parse('2020-01-01T00:00:00Z');

/** The entries in the order given: lines of at most 75 octets that end with CRLF. */
export function icalendarOf({ entries, at, from }: Written): string {
  const calendar = ical({ name: NAME, prodId: { company: NAME, product: NAME, language: 'EN' } });
  if (from !== null) calendar.method(ICalCalendarMethod.PUBLISH);
  for (const entry of entries) write(calendar, entry, { at, from });
  return `${calendar.toString()}\r\n`;
}

function write(calendar: ICalCalendar, entry: Entry, { at, from }: Pick<Written, 'at' | 'from'>): void {
  const { kind, due, title } = entry;
  calendar.createEvent({
    id: uidOf(entry),
    stamp: new Date(at),
    sequence: Math.floor((Date.parse(at) - EPOCH) / 1000),
    start: new Date(due.date ?? due.at),
    allDay: due.date !== null,
    summary: plainLine(`${WHAT[kind]}: ${title}`),
    description: linesOf(entry).map(plainLine).join('\n'),
    categories: [{ name: NAME }],
    // Nobody is busy because of it.
    transparency: ICalEventTransparency.TRANSPARENT,
    organizer: from === null ? null : { name: NAME, email: from },
  });
}

/** The same for as long as the thing lives, whatever its date. */
function uidOf({ kind, subject }: LadderName): string {
  return `${kind}-${hexOf(contentId([kind, subject])).slice(0, 32)}@cavendish`;
}

function linesOf({ subject, detail, answers }: Entry): readonly string[] {
  return [...(detail === null ? [] : [detail]), ...answers, subject];
}
