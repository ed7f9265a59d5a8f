/**
 * The round-up: one message about many verdicts that changed, for a reader who has ten seconds.
 *
 * The first line counts all that it holds, what is worst comes first, and each part that is cut short
 * says by how much. Nothing that was held back is missing from the counts.
 */
import { contentId } from '../canonical/canonical.ts';
import { hexOf } from '../image/digest.ts';
import { platformName } from '../image/platform.ts';
import type { Decision } from '../register/assessment.ts';
import { counted } from '../text/plain.ts';
import { NEXT, says, type Section, sectionOf, step } from './letter.ts';
import { type Notice, noticeOf } from './notice.ts';
import type { OwedVerdict } from './owed-verdict.ts';
import { headline, imageName, minute } from './verdict-notice.ts';

/** What a round-up says of one verdict. */
export interface RoundUpEntry {
  /** Of the notice that it stands for. */
  readonly id: string;
  readonly at: string;
  readonly name: string;
  readonly verdict: Decision;
  readonly blocking: boolean;
  /** Distinct vulnerabilities. */
  readonly vulnerabilities: number;
  /** `team/app:1.0  linux/amd64 for production (was go): 15 vulnerabilities, 3 criteria broken` */
  readonly line: string;
}

const KIND = 'round-up';
const ORDER = ['no-go', 'unknown', 'go'] as const;
const TITLES: Readonly<Record<Decision, string>> = { 'no-go': 'No-go', unknown: 'Unknown', go: 'Go' };
/** Good news is counted more than it is read. */
const MOST_LINES: Readonly<Record<Decision, number>> = { 'no-go': 25, unknown: 15, go: 5 };

/** @param noticeId - of the notice that the verdict would have had by itself */
export function roundUpEntry(
  { assessment, tag, previous }: Pick<OwedVerdict, 'assessment' | 'tag' | 'previous'>,
  noticeId: string,
): RoundUpEntry {
  const { placement, image, stage, verdict, blocking, at, counts } = assessment;
  const name = imageName(placement, tag);
  const before = previous === null ? 'new' : `was ${previous.verdict}`;
  const observed = blocking || verdict === 'go' ? '' : ', only observed';
  return {
    ...{ id: noticeId, at, name, verdict, blocking },
    vulnerabilities: Object.values(counts).reduce((sum, count) => sum + count, 0),
    line: `${name} ${platformName(image.platform)} for ${stage} (${before}${observed}): ${headline(assessment)}`,
  };
}

/**
 * The same entries give the same notice, in whatever order they come.
 *
 * @param entries - two or more
 * @param to - the reader's name
 */
export function roundUp(entries: readonly RoundUpEntry[], to: string): Notice {
  const sorted = [...entries].sort(worstFirst);
  const instants = sorted.map(({ at }) => at).sort();
  const [first = '', last = ''] = [instants[0], instants.at(-1)];
  const tally = tallyOf(sorted);
  const changed = counted(sorted.length, 'verdict');
  const when = minute(first) === minute(last) ? minute(last) : `${minute(first)} to ${minute(last)}`;
  return noticeOf({
    id: `${KIND}-${hexOf(contentId(sorted.map(({ id }) => id).sort()))}`,
    ...{ kind: KIND, at: last, to, about: `${changed} changed: ${tally}` },
    letter: {
      headline: `${changed.toUpperCase()} CHANGED  ${tally}`,
      tone: sorted[0]?.verdict === 'go' ? 'good' : 'bad',
      under: [`judged as of ${when}; one message in place of ${sorted.length}`],
      sections: [
        ...verdictSections(sorted),
        ...sectionOf(NEXT, [
          step('the board, the worst first', 'cavendish images'),
          step('one of them whole, with what to upgrade', 'cavendish show IMAGE'),
        ]),
      ],
      foot: [],
    },
  });
}

/** `2 no-go, 1 go` */
export function tallyOf(entries: readonly RoundUpEntry[]): string {
  return groupsOf(entries)
    .flatMap((group) => (group[0] === undefined ? [] : [`${group.length} ${group[0].verdict}`]))
    .join(', ');
}

/** A section for each verdict, the worst first. */
export function verdictSections(entries: readonly RoundUpEntry[]): readonly Section[] {
  return groupsOf([...entries].sort(worstFirst)).flatMap(section);
}

function groupsOf(entries: readonly RoundUpEntry[]): readonly (readonly RoundUpEntry[])[] {
  return ORDER.map((verdict) => entries.filter((entry) => entry.verdict === verdict));
}

function section(group: readonly RoundUpEntry[]): readonly Section[] {
  const [one] = group;
  if (one === undefined) return [];
  const items = group.map(({ line }) => says(line));
  return sectionOf(`${TITLES[one.verdict]} (${group.length})`, items, { most: MOST_LINES[one.verdict] });
}

/** No-go before unknown before go; what blocks first, then what has the most vulnerabilities, then by name. */
function worstFirst(a: RoundUpEntry, b: RoundUpEntry): number {
  return (
    ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) ||
    Number(b.blocking) - Number(a.blocking) ||
    b.vulnerabilities - a.vulnerabilities ||
    compare(a.name, b.name) ||
    compare(a.id, b.id)
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
