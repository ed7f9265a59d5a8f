/** The news of a round: one item a vulnerability and package, over all images that have it. */
import type { ChangedVerdict } from '../again/changed-verdict.ts';
import type { News } from '../again/news.ts';
import { counted } from '../text/plain.ts';
import { orderOf } from '../versions/version.ts';
import { byWeight, nameOf } from './cause-changes.ts';
import { type Item, says, type Section, sectionOf, step } from './letter.ts';

export interface NewsItem extends Pick<News, 'kind' | 'vulnerability' | 'package' | 'ransomware' | 'was' | 'is'> {
  /** In the order in which they should be looked at. */
  readonly images: readonly ChangedVerdict[];
  readonly running: number;
  readonly bases: readonly string[];
  /** Versions that fix it, in order; several where the images are of several releases. */
  readonly fixes: readonly string[];
  /** The earliest; null where nobody sets one. */
  readonly due: string | null;
}

const MOST_ITEMS = 10;
const MOST_NAMES = 4;
const MOST_STEPS = 5;

/** What is listed as exploited first, then by running images, images and name. */
export function newsItemsOf(entries: readonly ChangedVerdict[]): readonly NewsItem[] {
  const inOrder = [...entries].sort((a, b) => orderOf(a.assessment, b.assessment));
  const all = inOrder.flatMap((entry) => entry.news.map((news) => ({ entry, news })));
  const grouped = Map.groupBy(all, ({ news }) => [news.kind, news.vulnerability, news.package].join(' '));
  return [...grouped.values()].flatMap((told) => itemOf(told) ?? []).sort(worstFirst);
}

function itemOf(told: readonly { readonly entry: ChangedVerdict; readonly news: News }[]): NewsItem | null {
  const [first] = told;
  if (first === undefined) return null;
  const { kind, vulnerability, package: found, was, is } = first.news;
  const byImage = new Map(told.map(({ entry }) => [`${entry.placement.digest} ${entry.placement.repository}`, entry]));
  const images = [...byImage.values()].sort(byWeight);
  const dues = told.flatMap(({ news }) => news.due ?? []).sort();
  return {
    ...{ kind, vulnerability, package: found, was, is, images },
    ransomware: told.some(({ news }) => news.ransomware),
    running: images.filter(({ running }) => running).length,
    bases: distinct(told.flatMap(({ news }) => news.base ?? [])),
    fixes: distinct(told.flatMap(({ news }) => news.fixedIn ?? [])),
    due: dues[0] ?? null,
  };
}

export function newsSections(items: readonly NewsItem[]): readonly Section[] {
  const lines = items.map((item) => says(whatOf(item), [whereOf(item), fixOf(item)]));
  return sectionOf(`News (${items.length})`, lines, { most: MOST_ITEMS });
}

/** What helps most, first. */
export function newsSteps(items: readonly NewsItem[]): readonly Item[] {
  const fixable = items.filter(({ fixes }) => fixes.length > 0).slice(0, MOST_STEPS);
  const upgrades = fixable.map(({ package: found, fixes, images, running, bases }) => {
    const first = running > 0 ? ', what runs first' : '';
    const where = bases.length > 0 ? ` (rebuild on a newer ${bases.join(' or ')})` : '';
    return says(
      `upgrade ${found} to ${fixes.join(' or ')} or later in ${counted(images.length, 'image')}${first}${where}`,
    );
  });
  const [worst] = items;
  return [
    ...upgrades,
    ...(worst === undefined ? [] : [step('who is affected', `cavendish affected ${worst.vulnerability}`)]),
  ];
}

function whatOf({ kind, vulnerability, package: found, ransomware, was, is, due }: NewsItem): string {
  const by = due === null ? '' : `; due ${due.slice(0, 10)}`;
  if (kind === 'kev') {
    const used = ransomware ? ', ransomware among them' : '';
    return `${vulnerability} in ${found} is known to be exploited${used} (KEV)${by}`;
  }
  return `${vulnerability} in ${found} is likelier to be exploited: EPSS ${percent(was)} -> ${percent(is)}${by}`;
}

function whereOf({ images, running, bases }: NewsItem): string {
  const names = images.slice(0, MOST_NAMES).map((entry) => `${nameOf(entry)}${entry.running ? ' (running)' : ''}`);
  const rest = images.length - names.length;
  const more = rest > 0 ? ` and ${rest} more` : '';
  const from = bases.length === 0 ? '' : `; from the base ${bases.join(', ')}`;
  return `${counted(images.length, 'image')}, ${runningText(running)}: ${names.join(', ')}${more}${from}`;
}

function fixOf({ fixes }: NewsItem): string {
  return fixes.length === 0 ? 'no fix is known yet' : `fixed in ${fixes.join(', ')}`;
}

export function runningText(count: number): string {
  return count === 0 ? 'none running' : `${count} running`;
}

function percent(score: number | null): string {
  return score === null ? 'unknown' : `${(score * 100).toFixed(1)} %`;
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

function worstFirst(a: NewsItem, b: NewsItem): number {
  return (
    Number(b.kind === 'kev') - Number(a.kind === 'kev') ||
    b.running - a.running ||
    b.images.length - a.images.length ||
    orderOf(a.vulnerability, b.vulnerability) ||
    orderOf(a.package, b.package)
  );
}
