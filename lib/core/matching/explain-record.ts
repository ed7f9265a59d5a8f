/**
 * Why a record matches a version or does not: what was compared with what, and how it stood.
 *
 * The outcome is the one that matching gives (evaluate-record.ts); the comparisons are those that it rests on.
 */
import type { OsvAffected, OsvEvent, OsvRange, OsvRecord } from '../advisories/records.ts';
import { hasSemver, orderFrom } from '../versions/order.ts';
import { isUnparsable } from '../versions/version.ts';
import { appliesTo } from './applies.ts';
import { evaluateRange, NOT_AFFECTED } from './evaluate-range.ts';
import { evaluateRecord, isMatch, isNamed, type Subject } from './evaluate-record.ts';

export type Outcome = 'affected' | 'undecided' | 'not affected';

/** An event of a range, and how the version that is asked about stands to it. */
export interface ComparedEvent {
  readonly kind: string;
  readonly version: string;
  /** Where the version is: before the event's, behind it, or the same; why it can't be put in order. */
  readonly stands: 'before' | 'same' | 'behind' | { readonly unparsable: string };
}

export interface ExplainedRange {
  readonly type: OsvRange['type'];
  /** As published. */
  readonly events: readonly ComparedEvent[];
  /** Null where ranges of the type say nothing of such versions, and are not read. */
  readonly outcome: Outcome | null;
}

/** What the record says of the package in one place. */
export interface ExplainedEntry {
  readonly ecosystem: string;
  /** False where it is of another release: it says nothing of this one. */
  readonly applies: boolean;
  readonly ranges: readonly ExplainedRange[];
  /** How many versions are listed, and whether this is one of them. */
  readonly listed: { readonly count: number; readonly holds: boolean };
}

export interface ExplainedRecord {
  readonly id: string;
  readonly modified: string;
  /** Since when its word is taken back; it matches nothing then. */
  readonly withdrawn: string | null;
  readonly outcome: Outcome;
  /** The version at which its range closes; null where it names none or does not match. */
  readonly fixed: string | null;
  /** Why nobody can say. */
  readonly undecided: string | null;
  readonly entries: readonly ExplainedEntry[];
}

export function explainRecord(record: OsvRecord, subject: Subject): ExplainedRecord {
  const answer = evaluateRecord(record, subject);
  const matched = isMatch(answer) ? answer.matched : null;
  const undecided = answer !== NOT_AFFECTED && 'undecided' in answer ? answer.undecided : null;
  return {
    id: record.id,
    modified: record.modified,
    withdrawn: record.withdrawn,
    outcome: matched !== null ? 'affected' : undecided !== null ? 'undecided' : 'not affected',
    fixed: matched?.fixed ?? null,
    undecided,
    entries: record.affected
      .filter((entry) => isNamed(entry, subject))
      .map((entry) => explainEntry(entry, record, subject)),
  };
}

function explainEntry(entry: OsvAffected, record: OsvRecord, subject: Subject): ExplainedEntry {
  const alone = { ...record, withdrawn: null, affected: [{ ...entry, ranges: [] }] };
  return {
    ecosystem: entry.ecosystem,
    applies: appliesTo(entry.ecosystem, subject.ecosystem),
    ranges: entry.ranges.map((range) => explainRange(range, subject)),
    listed: {
      count: entry.versions.length,
      holds: entry.versions.length > 0 && isMatch(evaluateRecord(alone, subject)),
    },
  };
}

function explainRange({ type, events }: OsvRange, { ecosystem, version }: Subject): ExplainedRange {
  const isRead = type === 'ECOSYSTEM' || (type === 'SEMVER' && hasSemver(ecosystem));
  const compared = events.flatMap((event) => compare(event, ecosystem, version));
  if (!isRead) return { type, events: type === 'GIT' ? [] : compared, outcome: null };
  const from = orderFrom(ecosystem, version);
  const answer = evaluateRange(events, ecosystem, typeof from === 'function' ? from : () => from);
  const outcome = answer === NOT_AFFECTED ? NOT_AFFECTED : isUnparsable(answer) ? 'undecided' : 'affected';
  return { type, events: compared, outcome };
}

function compare(event: OsvEvent, ecosystem: string, version: string): readonly ComparedEvent[] {
  const from = orderFrom(ecosystem, version);
  return (['introduced', 'fixed', 'last_affected', 'limit'] as const).flatMap((kind): ComparedEvent[] => {
    const named = event[kind];
    if (named === undefined) return [];
    // The beginning of all versions, and the end.
    if (kind === 'introduced' && named === '0') return [{ kind, version: named, stands: 'behind' }];
    if (kind === 'limit' && named === '*') return [{ kind, version: named, stands: 'before' }];
    const answer = typeof from === 'function' ? from(named) : from;
    if (isUnparsable(answer)) {
      return [{ kind, version: named, stands: { unparsable: `"${answer.unparsable}": ${answer.why}` } }];
    }
    return [{ kind, version: named, stands: answer.order < 0 ? 'before' : answer.order > 0 ? 'behind' : 'same' }];
  });
}
