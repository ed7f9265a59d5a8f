/**
 * The round-up of a cause: one message to a reader about everything of theirs that it changed, and the news
 * before all else. For somebody with ten seconds: the first line is the answer.
 *
 * The same entries give the same notice, in whatever order they come.
 */
import { type Cause, causeName } from '../again/cause.ts';
import type { ChangedVerdict } from '../again/changed-verdict.ts';
import { isOtherModel, type RoundHead } from '../again/round.ts';
import { contentId } from '../canonical/canonical.ts';
import { hexOf, shortDigest } from '../image/digest.ts';
import { counted } from '../text/plain.ts';
import { isExploitedIn } from './addressed.ts';
import { changesOf, nameOf, tallyOf } from './cause-changes.ts';
import { type NewsItem, newsItemsOf, newsSections, newsSteps, runningText } from './cause-news.ts';
import { type Item, NEXT, says, type Section, sectionOf, step } from './letter.ts';
import { type Notice, noticeOf } from './notice.ts';
import { minute } from './verdict-notice.ts';

export interface CauseTold {
  readonly head: RoundHead;
  /** Which telling of the round it is, from 1: what is not judged within the hour is told later. */
  readonly part: number;
  /** Of this reader. */
  readonly entries: readonly ChangedVerdict[];
  /** Placements that wait for their judgement still. */
  readonly open: number;
  /** What could not be judged, in sentences. */
  readonly failed: readonly string[];
  readonly to: string;
}

const MOST_FAILED = 5;

export function causeNotice(told: CauseTold): Notice {
  const { head, part, entries, to } = told;
  const news = newsItemsOf(entries);
  return noticeOf({
    id: `${causeName(head.cause).slice(0, 24)}-${part}-${hexOf(contentId(to)).slice(0, 12)}`,
    kind: entries.some(isExploitedIn) ? 'exploited' : 'judged-again',
    ...{ at: head.at, to, about: subjectOf(told, news) },
    letter: {
      headline: headlineOf(told, news),
      tone: news.length > 0 || entries.some(({ verdict }) => verdict !== 'go') ? 'bad' : 'good',
      under: [`because ${becauseOf(head)}; judged as of ${minute(head.at)}`],
      sections: [
        ...newsSections(news),
        ...changesOf(entries),
        ...modelSection(head),
        ...openSection(told),
        ...sectionOf(NEXT, stepsOf(news, head.cause)),
      ],
      foot: [],
    },
  });
}

function subjectOf(told: CauseTold, news: readonly NewsItem[]): string {
  const { entries, head } = told;
  const changed = entries.filter((entry) => entry.told.length > 0);
  const [only] = changed;
  if (news.length > 0) return newsHeadline(news);
  if (changed.length === 1 && only !== undefined) {
    return `${only.verdict.toUpperCase()}: ${nameOf(only)} (${only.stage}, was ${only.before ?? 'not judged'}), ${only.headline}`;
  }
  if (changed.length > 1) return `${counted(changed.length, 'verdict')} changed: ${tallyOf(changed)}`;
  if (told.failed.length > 0) return `${counted(told.failed.length, 'verdict')} could not be judged again`;
  if (told.open > 0) return `${counted(told.open, 'image')} not judged again yet`;
  return head.feeds.some(isOtherModel) ? 'EPSS has a new model: no verdict changed' : 'no verdict changed';
}

function headlineOf(told: CauseTold, news: readonly NewsItem[]): string {
  const changed = told.entries.filter((entry) => entry.told.length > 0);
  if (news.length === 0) {
    return changed.length === 0
      ? subjectOf(told, news).toUpperCase()
      : `${counted(changed.length, 'verdict').toUpperCase()} CHANGED  ${tallyOf(changed)}`;
  }
  const [first, ...rest] = newsHeadline(news).split(': ');
  const verdicts = changed.length === 0 ? 'no verdict changed' : `${counted(changed.length, 'verdict')} changed`;
  return `${(first ?? '').toUpperCase()}  ${rest.join(': ')}; ${verdicts}`;
}

/** Of what is exploited alone, where anything is: `CVE-2025-1234 is exploited now: 14 images, 3 running` */
function newsHeadline(news: readonly NewsItem[]): string {
  const listed = news.filter(({ kind }) => kind === 'kev');
  const what = listed.length > 0 ? listed : news;
  const [first, ...more] = new Set(what.map(({ vulnerability }) => vulnerability));
  const who = more.length === 0 ? (first ?? '') : `${more.length + 1} vulnerabilities`;
  const verb = more.length === 0 ? 'is' : 'are';
  const said = listed.length > 0 ? 'exploited now' : 'likelier to be exploited';
  const concerned = what.flatMap(({ images }) => images);
  const images = new Set(concerned.map(({ placement }) => placement.digest));
  const running = new Set(concerned.filter((entry) => entry.running).map(({ placement }) => placement.digest));
  return `${who} ${verb} ${said}: ${counted(images.size, 'image')}, ${runningText(running.size)}`;
}

function becauseOf({ cause, feeds }: RoundHead): string {
  switch (cause.kind) {
    case 'feeds':
      return feeds
        .map(({ id, before, after }) => {
          const was = before === null ? 'new' : `was ${before.date.slice(0, 10)}`;
          return `${id} is of ${after.date.slice(0, 10)} (${was})`;
        })
        .join(', ');
    case 'day':
      return `a day began (${cause.day})`;
    case 'base':
      return 'a base image, or a newer build of one, became known';
    case 'approval':
      return 'the approval of a base image changed';
    case 'overtaken':
      return 'feeds, the risk appetite or exceptions changed while it was judged';
    case 'appetite':
      return 'another risk appetite is in force';
    case 'exception':
      return cause.change === 'granted'
        ? `the exception ${cause.exception} was granted`
        : `the exception ${cause.exception} has ended`;
    case 'passed':
      return 'the same image passed another stage';
    case 'validated':
      return `an external validation of ${cause.asset} was recorded`;
    case 'opinion':
      return `an opinion of ${cause.scanner} was taken in`;
    case 'sighted':
      return 'it began or ended to run';
  }
}

function modelSection({ feeds }: RoundHead): readonly Section[] {
  return feeds
    .filter(isOtherModel)
    .flatMap(({ before, after }) =>
      sectionOf('A new model of EPSS', [
        says(
          `EPSS is made by the model ${after.model ?? 'unknown'} now (was ${before?.model ?? 'unknown'}). Its figures do not compare with those of before: none of them counts as a rise, and where a verdict above changed by them alone, the risk did not.`,
        ),
      ]),
    );
}

function openSection({ open, failed }: CauseTold): readonly Section[] {
  const waiting =
    open > 0 ? [`${counted(open, 'image')} still to be judged again: what changes is told when it is`] : [];
  const items = [...waiting, ...failed].map((line) => says(line));
  return sectionOf('Not known yet', items, { most: waiting.length + MOST_FAILED });
}

function stepsOf(news: readonly NewsItem[], cause: Cause): readonly Item[] {
  return [
    ...newsSteps(news),
    ...(cause.kind === 'feeds' ? [step('what changed in the feeds', 'cavendish feeds diff')] : []),
    ...(cause.kind === 'appetite'
      ? [step('what changed in it', `cavendish appetite diff ${shortDigest(cause.before)} ${shortDigest(cause.after)}`)]
      : []),
    ...(cause.kind === 'exception'
      ? [step('the exception, and why it changed', `cavendish exception show ${cause.exception}`)]
      : []),
    step('the board, the worst first', 'cavendish images'),
    step('one of them whole, with what to upgrade', 'cavendish show IMAGE'),
  ];
}
