/** What a notice says, before it is text or HTML: for somebody with ten seconds, the answer first. */
import { cutShort, plainLine } from '../text/plain.ts';
import { wrapLine } from '../text/wrap.ts';

export interface Letter {
  /** The answer, in a line. */
  readonly headline: string;
  /** How it is meant: drawn as a colour where there are any, and said by the words all the same. */
  readonly tone: Tone;
  /** As of when, and what else belongs to the answer. */
  readonly under: readonly string[];
  readonly sections: readonly Section[];
  /** By what it is found again. */
  readonly foot: readonly string[];
}

/** `bad`: somebody has to act; `due`: somebody has to by a day. */
export type Tone = 'bad' | 'due' | 'good' | 'plain';

export interface Section {
  /** Null for what stands under the headline without a title. */
  readonly title: string | null;
  /** Before the list. */
  readonly lead: readonly string[];
  readonly items: readonly Item[];
  /** How many items were left out. */
  readonly rest: number;
}

export interface Item {
  /** `+` and `-` for what came and went. */
  readonly mark: '*' | '+' | '-';
  readonly text: string;
  /** What to type. */
  readonly command: string | null;
  readonly under: readonly string[];
}

export const NEXT = 'What to do next';

/** Fits a narrow window, and needs no encoding on its way (RFC 5322: lines of 78 characters). */
const WIDTH = 76;

export function says(text: string, under: readonly string[] = []): Item {
  return { mark: '*', text, command: null, under };
}

/** A step, with the command that takes it. */
export function step(text: string, command: string): Item {
  return { mark: '*', text, command, under: [] };
}

/** Of any one line: more is not read in ten seconds, and the command beside it shows it whole. */
const MOST_SAID = 500;
const MOST_HEADLINE = 200;

/** The same with what was quoted at any length cut short. Commands stay whole: half of one is another. */
export function shortLetter({ headline, under, sections, foot, ...letter }: Letter): Letter {
  return {
    ...letter,
    headline: cutShort(headline, MOST_HEADLINE),
    under: under.map(said),
    sections: sections.map((section) => ({
      ...section,
      lead: section.lead.map(said),
      items: section.items.map((item) => ({ ...item, text: said(item.text), under: item.under.map(said) })),
    })),
    foot: foot.map(said),
  };
}

function said(line: string): string {
  return cutShort(line, MOST_SAID);
}

/** A section of at most so many items; none where there is nothing in it. */
export function sectionOf(
  title: string | null,
  items: readonly Item[],
  { most = Number.POSITIVE_INFINITY, lead = [] }: { readonly most?: number; readonly lead?: readonly string[] } = {},
): readonly Section[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, most);
  return [{ title, lead, items: shown, rest: items.length - shown.length }];
}

/** Whatever it quotes, no line of it is another: controls become U+FFFD. */
export function letterText({ headline, under, sections, foot }: Letter): string {
  const lines = [
    ...[headline, ...under, ''].flatMap(wrapped),
    ...sections.flatMap(sectionLines),
    ...(foot.length === 0 ? [] : [...foot, '']).flatMap(wrapped),
  ];
  return lines.join('\n');
}

function wrapped(line: string): readonly string[] {
  return wrapLine(plainLine(line), WIDTH);
}

function sectionLines({ title, lead, items, rest }: Section): readonly string[] {
  const before = [...(title === null ? [] : [title]), ...lead.map((line) => `  ${line}`)];
  return [
    ...before.flatMap(wrapped),
    ...items.flatMap(itemLines),
    ...(rest > 0 ? [`  ... and ${String(rest)} more`] : []),
    '',
  ];
}

function itemLines({ mark, text, command, under }: Item): readonly string[] {
  return [
    ...(command === null ? wrapped(`  ${mark} ${text}`) : commandLines(`  ${mark} ${text}:`, plainLine(command))),
    ...under.flatMap((line) => wrapped(`    ${line}`)),
  ];
}

/** Unbroken, so that it can be copied: of a command in two lines a shell would run the first alone. */
function commandLines(lead: string, command: string): readonly string[] {
  const line = `${plainLine(lead)} ${command}`;
  return line.length <= WIDTH ? [line] : [...wrapped(lead), `    ${command}`];
}
