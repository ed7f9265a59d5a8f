/**
 * What the passing of time alone makes of a verdict: the same evidence, judged as of one instant after another.
 *
 * Pure, and by the very rules that judge it when the time comes.
 */
import type { HeldFeed } from '../advisories/feed.ts';
import type { Lapse } from '../exceptions/apply-exceptions.ts';
import { headline } from '../notices/verdict-notice.ts';
import { assess } from '../register/assess.ts';
import type { Assessment, Decision } from '../register/assessment.ts';
import type { JudgedEvidence } from '../register/judged-evidence.ts';
import { outcomeId, outcomeOf } from '../register/outcome.ts';
import { daysFrom } from './days.ts';

/** A verdict that time changes, or that stands for other reasons. */
export interface Turn {
  /** ISO 8601 */
  readonly at: string;
  readonly before: Decision;
  readonly verdict: Decision;
  readonly blocking: boolean;
  /** `15 vulnerabilities, 3 criteria broken` */
  readonly headline: string;
  /** What it newly rests on, in sentences: criteria that broke, gaps that opened. */
  readonly because: readonly string[];
  /** Whether people hear of it: the verdict, or what it rests on, is another one. */
  readonly told: boolean;
  /** Exceptions that stop counting on evidence found by it. */
  readonly lapsed: readonly Lapse[];
}

export interface Standing {
  /** What the verdict rests on. */
  readonly evidence: JudgedEvidence;
  /** As it is recorded. */
  readonly recorded: Assessment;
  /** The instant that it is judged as of, whatever the time is: only exceptions end then; null where it is the time. */
  readonly fixed: string | null;
}

export interface Span {
  /** ISO 8601: from when on, itself not included. */
  readonly from: string;
  /** ISO 8601: itself included. */
  readonly until: string;
  /** Feeds are as old on every day as they are now: as though they were refreshed, and said nothing new. */
  readonly freshFeeds: boolean;
}

/**
 * In the order of time, an instant at a time: so that whoever has not the time for all of it stops, and goes on later.
 *
 * @param after - ISO 8601: the last instant that was looked at before; null: none was
 * @returns every instant that it is judged at, and what turns then; null: nothing
 */
export function* turnsAfter(
  { evidence, recorded, fixed }: Standing,
  span: Span,
  after: string | null,
): Generator<{ readonly at: string; readonly turn: Turn | null }> {
  let before = after === null ? recorded : judgedAt(after);
  for (const at of instantsOf(evidence, fixed, span)) {
    if (after !== null && at <= after) continue;
    const judged = judgedAt(at);
    yield { at, turn: turnOf(at, before, judged) };
    before = judged;
  }

  function judgedAt(at: string): Assessment {
    return assess({
      ...evidence,
      ...(fixed === null ? { at } : { at: fixed, exceptionsAt: at }),
      ...(span.freshFeeds && { feeds: evidence.feeds.map((feed) => later(feed, span.from, at)) }),
    });
  }
}

/** When it is judged again: as each day begins, and as each of its exceptions ends. */
function instantsOf({ exceptions }: JudgedEvidence, fixed: string | null, { from, until }: Span): readonly string[] {
  const ends = exceptions.map(({ grant }) => grant.terms.expiry.at).filter((end) => end > from && end <= until);
  const days = fixed === null ? daysFrom(from, until) : [];
  return [...new Set([...days, ...ends])].sort();
}

function turnOf(at: string, before: Assessment, after: Assessment): Turn | null {
  const known = new Set(before.lapsed.map(({ id }) => id));
  const lapsed = after.lapsed.filter(({ id }) => !known.has(id));
  const told = outcomeId(outcomeOf(before)) !== outcomeId(outcomeOf(after));
  if (lapsed.length === 0 && !told) return null;
  const { verdict, blocking } = after;
  const because = newIn(before, after);
  return { at, before: before.verdict, verdict, blocking, headline: headline(after), because, told, lapsed };
}

function newIn(before: Assessment, after: Assessment): readonly string[] {
  const broken = new Set(outcomeOf(before).breaches.map((breach) => breach.split(' ')[0]));
  const open = new Set(outcomeOf(before).gaps);
  return [
    ...after.reasons.filter(({ criterion }) => !broken.has(criterion)).map(({ message }) => message),
    ...after.gaps.filter(({ kind, subject }) => !open.has(`${kind}:${subject}`)).map(({ message }) => message),
  ];
}

function later({ feed, hash }: HeldFeed, from: string, at: string): HeldFeed {
  const date = new Date(Date.parse(feed.date) + Date.parse(at) - Date.parse(from)).toISOString();
  return { feed: { ...feed, date }, hash };
}
