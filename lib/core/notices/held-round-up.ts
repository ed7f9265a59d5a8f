/**
 * The round-up of what was held back: what goes first before all else, then verdicts as in any round-up, then the rest.
 * The first line counts all of it, and each part that is cut says by how much; below stands in full what is no verdict.
 */
import { contentId } from '../canonical/canonical.ts';
import { hexOf } from '../image/digest.ts';
import { counted } from '../text/plain.ts';
import type { HeldRow } from './held-notice.ts';
import { type Letter, NEXT, says, type Section, sectionOf, step } from './letter.ts';
import { type Notice, noticeOf } from './notice.ts';
import { tallyOf, verdictSections } from './round-up.ts';
import { minute } from './verdict-notice.ts';

interface HeldBox {
  readonly to: { readonly key: string; readonly name: string };
  readonly box: number;
  /** When it was closed (ISO 8601, UTC). */
  readonly at: string;
  /** One or more. */
  readonly rows: readonly HeldRow[];
  /** The letters of notices, by their ids: of those that have no entry. */
  readonly letters: ReadonlyMap<string, Letter>;
}

const KIND = 'round-up';
const MOST_LINES = 40;
/** So many are quoted whole; all of them are counted, and in the inbox. */
export const MOST_LETTERS = 20;

/** The same box gives the same notice. */
export function heldRoundUp({ to, box, at, rows, letters }: HeldBox): Notice {
  const tally = heldTally(rows);
  const what = counted(rows.length, 'notice');
  const { lists, quotes } = heldSections(rows, letters);
  return noticeOf({
    id: `${KIND}-${hexOf(contentId([to.key, box]))}`,
    ...{ kind: KIND, at, to: to.name, about: `${what} held back: ${tally}` },
    letter: {
      headline: `${what.toUpperCase()} HELD BACK  ${tally}`,
      tone: isBad(rows) ? 'bad' : 'plain',
      under: [`of ${spanOf([...rows].sort(inOrder))}; an hour has room for only so many messages`],
      sections: [
        ...lists,
        ...sectionOf(NEXT, [
          step('the board, the worst first', 'cavendish images'),
          step('what comes due, and when', 'cavendish reminders list'),
        ]),
        ...quotes,
      ],
      foot: [],
    },
  });
}

/** `1 first of all, 2 verdicts (1 no-go, 1 go), 1 of other kinds` */
export function heldTally(rows: readonly HeldRow[]): string {
  const { urgent, verdicts, others } = partsOf(rows);
  return [
    ...(urgent.length === 0 ? [] : [`${String(urgent.length)} first of all`]),
    ...(verdicts.length === 0 ? [] : [`${counted(verdicts.length, 'verdict')} (${tallyOf(verdicts)})`]),
    ...(others.length === 0 ? [] : [`${String(others.length)} of other kinds`]),
  ].join(', ');
}

/** Whether somebody has to act on any of it. */
export function isBad(rows: readonly HeldRow[]): boolean {
  return rows.some(({ urgent, entry }) => urgent || (entry !== null && entry.verdict !== 'go'));
}

/** What waited, as lists that count all of it, and what of it is quoted whole. */
export function heldSections(
  rows: readonly HeldRow[],
  letters: ReadonlyMap<string, Letter>,
): { readonly lists: readonly Section[]; readonly quotes: readonly Section[] } {
  const { urgent, verdicts, others } = partsOf([...rows].sort(inOrder));
  const quoted = quotable(rows).flatMap((row) => letters.get(row.id) ?? []);
  return {
    lists: [...listOf('First of all', urgent), ...verdictSections(verdicts), ...listOf('Of other kinds', others)],
    quotes: quoted.flatMap(quote),
  };
}

/** Those that are quoted whole: what goes first, then the oldest. */
export function quotable(rows: readonly HeldRow[]): readonly HeldRow[] {
  const { urgent, others } = partsOf([...rows].sort(inOrder));
  return [...urgent, ...others].filter(({ letter }) => letter !== null).slice(0, MOST_LETTERS);
}

function partsOf(sorted: readonly HeldRow[]) {
  const later = sorted.filter(({ urgent }) => !urgent);
  return {
    urgent: sorted.filter(({ urgent }) => urgent),
    verdicts: later.flatMap(({ entry }) => entry ?? []),
    others: later.filter(({ entry }) => entry === null),
  };
}

function listOf(title: string, rows: readonly HeldRow[]): readonly Section[] {
  const items = rows.map(({ subject }) => says(subject.replace(/^\[Cavendish\] /u, '')));
  return sectionOf(`${title} (${String(rows.length)})`, items, { most: MOST_LINES });
}

function quote({ headline, under, sections }: Letter): readonly Section[] {
  return [{ title: headline, lead: under, items: [], rest: 0 }, ...sections];
}

function spanOf(sorted: readonly HeldRow[]): string {
  const [first = '', last = ''] = [sorted[0]?.at, sorted.at(-1)?.at].map((at) => (at === undefined ? '' : minute(at)));
  return first === last ? last : `${first} to ${last}`;
}

function inOrder(a: HeldRow, b: HeldRow): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id !== b.id);
}
