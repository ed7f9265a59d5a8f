/**
 * The round-up of a day or a week, for who asked for that instead of single notices: what is new, what comes due, what
 * ended, and which exceptions match nothing any more. A part in which there is nothing is left out.
 */
import { contentId } from '../canonical/canonical.ts';
import type { Exception } from '../exceptions/exception.ts';
import { scopeTitle } from '../exceptions/scope-title.ts';
import { hexOf } from '../image/digest.ts';
import type { Dated } from '../reminders/dated.ts';
import { counted } from '../text/plain.ts';
import { dayOf, lastDayOf, shownEnd } from '../time/end.ts';
import type { HeldRow } from './held-notice.ts';
import { heldSections, heldTally, isBad } from './held-round-up.ts';
import { type Letter, NEXT, says, type Section, sectionOf, step } from './letter.ts';
import { type Notice, noticeOf } from './notice.ts';
import type { RoundUpEvery } from './round-up-times.ts';
import type { Interests } from './subscriber.ts';
import { minute } from './verdict-notice.ts';

/** What is known beside what waited. */
export interface Outlook {
  readonly due: readonly Dated[];
  readonly ended: readonly Exception[];
  readonly unused: readonly Exception[];
}

interface CalendarBox {
  readonly to: { readonly key: string; readonly name: string };
  readonly box: number;
  readonly every: RoundUpEvery;
  /** ISO 8601, UTC: from the one before to this one. */
  readonly since: string;
  readonly until: string;
  readonly rows: readonly HeldRow[];
  readonly letters: ReadonlyMap<string, Letter>;
  readonly outlook: Outlook;
}

const MOST_LINES = 25;

/** @returns null where there is nothing to say */
export function calendarRoundUp(given: CalendarBox): Notice | null {
  const { to, box, every, since, until, rows, letters, outlook } = given;
  const { due, ended, unused } = outlook;
  if (rows.length + due.length + ended.length + unused.length === 0) return null;
  const tally = [
    ...(rows.length === 0 ? [] : [`${String(rows.length)} new`]),
    ...(due.length === 0 ? [] : [`${String(due.length)} due`]),
    ...(ended.length === 0 ? [] : [`${String(ended.length)} ended`]),
    ...(unused.length === 0 ? [] : [`${String(unused.length)} unused`]),
  ].join(', ');
  const { lists, quotes } = heldSections(rows, letters);
  return noticeOf({
    id: `round-up-${hexOf(contentId([to.key, box]))}`,
    ...{ kind: 'round-up', at: until, to: to.name, about: `your ${every} round-up: ${tally}` },
    letter: {
      headline: `YOUR ${every.toUpperCase()} ROUND-UP  ${tally}`,
      tone: isBad(rows) || due.some((one) => lastDayOf(one.due) <= dayOf(until, one.due.zone)) ? 'bad' : 'plain',
      under: [
        `of ${minute(since)} to ${minute(until)}`,
        ...(rows.length === 0 ? [] : [`new: ${counted(rows.length, 'notice')} in one: ${heldTally(rows)}`]),
      ],
      sections: [
        ...lists,
        ...part('Due', due.map(dueLine)),
        ...part('Ended', ended.map(endedLine)),
        ...part('Unused: they match nothing any more', unused.map(unusedLine)),
        ...sectionOf(NEXT, [
          step('the board, the worst first', 'cavendish images'),
          step('what comes due, and when', 'cavendish reminders list'),
          ...(unused.length === 0
            ? []
            : [step('what is not needed any more', 'cavendish exception revoke ID --why REASON')]),
        ]),
        ...quotes,
      ],
      foot: [],
    },
  });
}

/** What of all that is due, ended or unused a reader asked to hear of: by any of these interests. */
export function outlookFor(interests: readonly Interests[], outlook: Outlook): Outlook {
  const isTheirs = (of: Pick<Dated, 'asset' | 'stages' | 'to'>): boolean => interests.some((one) => concerns(one, of));
  const ofException = ({ terms: { scope, owner } }: Exception): boolean =>
    isTheirs({
      asset: 'asset' in scope.images ? scope.images.asset : null,
      stages: scope.stages,
      to: owner === null ? [] : [owner],
    });
  return {
    due: outlook.due.filter(isTheirs),
    ended: outlook.ended.filter(ofException),
    unused: outlook.unused.filter(ofException),
  };
}

function concerns({ assets, stages, owners }: Interests, of: Pick<Dated, 'asset' | 'stages' | 'to'>): boolean {
  return (
    (assets?.some((asset) => asset === of.asset) ?? true) &&
    (stages?.some((stage) => of.stages.includes(stage)) ?? true) &&
    (owners?.some((owner) => of.to.includes(owner)) ?? true)
  );
}

function part(title: string, lines: readonly string[]): readonly Section[] {
  const items = lines.map((line) => says(line));
  return sectionOf(`${title} (${String(lines.length)})`, items, { most: MOST_LINES });
}

const DUE: Readonly<Record<Dated['kind'], string>> = {
  expiry: 'the exception ends',
  review: 'the review of the exception is due',
  risk: 'the risk is to be mitigated',
  evidence: 'the evidence grows old',
  approval: 'the approval of the base ends',
};

function dueLine({ kind, subject, title, due }: Dated): string {
  return `${shownEnd(due)}: ${DUE[kind]}, ${title} (${subject})`;
}

function endedLine({ id, terms, ended }: Exception): string {
  const how = ended === null ? '' : ` (${ended.how} ${ended.at.slice(0, 10)}: ${ended.why})`;
  return `${id}, ${scopeTitle(terms.scope)}${how}`;
}

function unusedLine({ id, terms }: Exception): string {
  return `${id}, ${scopeTitle(terms.scope)}`;
}
