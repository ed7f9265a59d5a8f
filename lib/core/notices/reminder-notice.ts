/** A reminder: what comes due, by when, whose it is, what follows if nobody does anything, and what to type. */
import { Temporal } from 'temporal-polyfill';

import type { Dated } from '../reminders/dated.ts';
import type { Rung } from '../reminders/ladder.ts';
import { dayOf, shownEnd } from '../time/end.ts';
import { type Item, NEXT, sectionOf, step } from './letter.ts';
import { type Notice, noticeOf } from './notice.ts';
import { REMINDER_WORDS } from './reminder-words.ts';

interface Reminding {
  /** The same for the same due date, rung and reader. */
  readonly id: string;
  readonly dated: Dated;
  readonly rung: Rung;
  readonly to: { readonly name: string; readonly address: string | null };
  /** ISO 8601: when it is told, which is late where the home slept; days are counted from then. */
  readonly at: string;
}

export function reminderNotice({ id, dated, rung, to, at }: Reminding): Notice {
  const { kind, subject, title, due, stages, detail } = dated;
  const words = REMINDER_WORDS[kind];
  const days = daysLeft(dated, at);
  const what = words.what(days);
  const where = stages.length === 0 ? '' : `, for ${stages.join(' and ')}`;
  return noticeOf({
    id,
    kind: rung.overdue ? words.overdue : words.notice,
    at: rung.at,
    to: to.address ?? to.name,
    about: `${capital(what)}: ${title}`,
    letter: {
      headline: `${what.toUpperCase()}  ${title}`,
      tone: days < 0 ? 'bad' : 'due',
      under: [
        `${words.on} ${shownEnd(due)}${where}`,
        words.otherwise,
        ...(detail === null ? [] : [words.because === null ? detail : `${words.because}: ${detail}`]),
      ],
      sections: sectionOf(NEXT, stepsOf(dated)),
      foot: [whoseOf(dated, rung, to.name), `${words.subject}: ${subject}`, `Reference: ${id}`],
    },
    dates: [dated],
  });
}

function stepsOf({ kind, subject, answers }: Dated): readonly Item[] {
  const means = REMINDER_WORDS[kind].answers;
  const enough = `cavendish reminders ack ${kind}:${subject}`;
  return [
    ...answers.filter((command) => command !== enough).map((command, place) => step(means[place] ?? 'or', command)),
    step('you know, and want no more of these', enough),
  ];
}

function whoseOf({ to: whose }: Dated, { overdue }: Rung, name: string): string {
  const isFor = whose.length === 0 ? 'nobody is named for it' : `it is for ${whose.join(' and ')}`;
  return overdue && !whose.includes(name) ? `Told: you, since it is overdue; ${isFor}` : `Told: you, since ${isFor}`;
}

/** From the day on which it is told to the last day on which it holds; negative after it. */
function daysLeft({ due: { at: end, date, zone } }: Dated, at: string): number {
  const today = Temporal.PlainDate.from(dayOf(at, zone));
  // What ends at midnight holds on the day before, and not on that day.
  const last = date ?? dayOf(new Date(Date.parse(end) - 1).toISOString(), zone);
  return today.until(last, { largestUnit: 'days' }).days;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
