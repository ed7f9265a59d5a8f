/**
 * The notice that a verdict has changed: what, why, what is new since last time, what to do next.
 *
 * For a busy person: the first line is the answer, and every part is cut short with a count of what
 * was left out.
 */
import { shortDigest } from '../image/digest.ts';
import type { Placement } from '../image/placement.ts';
import { platformName } from '../image/platform.ts';
import { adviceLine } from '../lineage/advice.ts';
import type { Assessment } from '../register/assessment.ts';
import { exceptionsIn } from '../register/exceptions-in.ts';
import { type Outcome, outcomeOf } from '../register/outcome.ts';
import { exceptedCount } from '../scoring/counts.ts';
import { counted } from '../text/plain.ts';
import { type Item, NEXT, says, type Section, sectionOf, step } from './letter.ts';
import { nextSteps } from './next-steps.ts';
import { type Notice, noticeOf } from './notice.ts';
import type { OwedVerdict } from './owed-verdict.ts';

const MOST_LINES = 8;
const TONES = { 'no-go': 'bad', unknown: 'bad', go: 'good' } as const;

export function verdictNotice(owed: Omit<OwedVerdict, 'revision'>): Notice {
  const { assessment, id, tag, previous, advice, fallbackOwner } = owed;
  const { placement, stage, verdict, at, image } = assessment;
  const name = imageName(placement, tag);
  const answer = verdict.toUpperCase();
  const reference = `${placement.repository}@sha256:${shortDigest(placement.digest)}`;
  return noticeOf({
    id: `${id.slice('sha256:'.length)}-${contentSafe(tag)}`,
    kind: verdict === 'unknown' && previous?.verdict !== 'unknown' ? 'became-unknown' : 'verdict-changed',
    at,
    to: assessment.asset?.owner ?? fallbackOwner,
    about: `${answer}: ${name} (${stage}), ${headline(assessment)}`,
    letter: {
      headline: `${answer}  ${name}  ${platformName(image.platform)}`,
      tone: TONES[verdict],
      under: [
        `for ${stage}, judged as of ${minute(at)}${previous === null ? '' : `; before: ${previous.verdict}`}`,
        ...(assessment.blocking || verdict === 'go' ? [] : ['The stage only observes: nothing is stopped.']),
      ],
      sections: [
        ...section('Why', itemsOf('*', whyLines(assessment))),
        ...section('Excepted, and still there', itemsOf('*', exceptedLines(assessment))),
        ...section('New since the last notice', changes(outcomeOf(assessment), previous)),
        ...sectionOf(NEXT, [...nextSteps(assessment), step('see it whole', `cavendish show ${reference}`)], {
          most: MOST_LINES,
        }),
      ],
      foot: [
        ...(advice === null ? [] : [`Base: ${adviceLine(advice)}`]),
        `Asset: ${assessment.asset === null ? 'none names this repository; the default stage and owner hold' : assessment.asset.id}`,
        `Digest: ${placement.digest}`,
        `Assessment: ${id}`,
      ],
    },
  });
}

/** `team/app:1.0`, or `team/app@938aa6db257b` without a tag. */
export function imageName({ repository, digest }: Placement, tag: string | null): string {
  return tag === null ? `${repository}@${shortDigest(digest)}` : `${repository}:${tag}`;
}

/** What it comes to, in a few words: `15 vulnerabilities (2 excepted), 3 criteria broken`. */
export function headline({
  counts,
  findings,
  reasons,
  gaps,
  verdict,
}: Pick<Assessment, 'counts' | 'findings' | 'reasons' | 'gaps' | 'verdict'>): string {
  if (verdict === 'unknown') return counted(gaps.filter(({ tolerated }) => !tolerated).length, 'gap');
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const excepted = exceptedCount(findings);
  const found = `${counted(total, 'vulnerability', 'vulnerabilities')}${excepted === 0 ? '' : ` (${excepted} excepted)`}`;
  return verdict === 'go' ? found : `${found}, ${counted(reasons.length, 'criterion', 'criteria')} broken`;
}

function whyLines({ reasons, gaps, verdict }: Assessment): readonly string[] {
  const standing = gaps.filter(({ tolerated }) => !tolerated);
  const lines = [...reasons.map(({ message }) => message), ...standing.map(({ message }) => `not known: ${message}`)];
  if (lines.length > 0 || verdict !== 'go') return lines;
  const missing =
    gaps.length === 0 ? 'nothing is missing' : `of what is missing it tolerates ${counted(gaps.length, 'gap')}`;
  return [`Nothing breaks the risk appetite, and ${missing}.`];
}

/** Nothing that an exception covers disappears; one that lapsed says why. */
function exceptedLines(assessment: Assessment): readonly string[] {
  return [...exceptionsIn(assessment), ...assessment.lapsed.map(({ id, why }) => `${id} lapsed: ${why}`)];
}

function changes(now: Outcome, previous: Assessment | null): readonly Item[] {
  if (previous === null) return [];
  const before = outcomeOf(previous);
  const namesOf = ({ breaches, gaps }: Outcome): readonly string[] => [...breaches, ...gaps.map((gap) => `gap ${gap}`)];
  return [...itemsOf('+', added(namesOf(before), namesOf(now))), ...itemsOf('-', added(namesOf(now), namesOf(before)))];
}

function added(before: readonly string[], after: readonly string[]): readonly string[] {
  const known = new Set(before);
  return after.filter((entry) => !known.has(entry));
}

function section(title: string, items: readonly Item[]): readonly Section[] {
  return sectionOf(title, items, { most: MOST_LINES });
}

function itemsOf(mark: Item['mark'], lines: readonly string[]): readonly Item[] {
  return lines.map((line) => ({ ...says(line), mark }));
}

/** `2026-11-23 00:00 UTC` */
export function minute(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

/** A tag is [A-Za-z0-9_.-] by the distribution specification: safe in a file name. */
function contentSafe(tag: string | null): string {
  return tag ?? 'untagged';
}
