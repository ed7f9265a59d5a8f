/** What an import did, for programs and for people. */
import type { Completeness, FeedKind } from '../../core/advisories/feed.ts';
import type { Digest } from '../../core/image/digest.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import type { PreparedFeed } from './prepare-feed.ts';
import type { Remarks, Tally } from './remarks.ts';

export interface ImportedFeed {
  readonly id: string;
  readonly kind: FeedKind;
  /** `unchanged`: the very same was held. */
  readonly outcome: PreparedFeed['outcome'];
  readonly date: string;
  readonly count: number;
  readonly hash: Digest;
  readonly modelVersion: string | null;
  readonly completeFor: readonly Completeness[];
  /** What was held before; null where nothing was. */
  readonly before: { readonly date: string; readonly count: number } | null;
  /** Ecosystems that what was held answered for, and this doesn't. */
  readonly noLongerFor: readonly string[];
}

export interface ImportReport extends Remarks<Tally> {
  /** In the order of their id. */
  readonly feeds: readonly ImportedFeed[];
  /** The same, in sentences. */
  readonly lines: readonly string[];
}

export function reportOf(prepared: readonly PreparedFeed[], remarks: Remarks): ImportReport {
  const feeds = prepared.map(describeFeed);
  const tallies = {
    passedOver: plain(remarks.passedOver),
    leftOut: plain(remarks.leftOut),
    withoutPackage: plain(remarks.withoutPackage),
  };
  return { feeds, ...tallies, lines: [...feeds.flatMap(importedLines), ...linesOfRemarks(tallies)] };
}

export function describeFeed({ feed, hash, outcome, before }: PreparedFeed): ImportedFeed {
  const { id, kind, date, count, modelVersion, completeFor } = feed;
  const now = new Set(completeFor.map(({ ecosystem }) => ecosystem));
  return {
    ...{ id, kind, outcome, date, count, hash, modelVersion, completeFor },
    before: before === null ? null : { date: before.date, count: before.count },
    noLongerFor: (before?.completeFor ?? []).map(({ ecosystem }) => ecosystem).filter((one) => !now.has(one)),
  };
}

export function importedLines({
  id,
  kind,
  outcome,
  date,
  count,
  before,
  completeFor,
  noLongerFor,
}: ImportedFeed): string[] {
  const now = `${counted(count, 'record')} of ${date.slice(0, 10)}`;
  const then = before === null ? '' : ` (before: ${counted(before.count, 'record')} of ${before.date.slice(0, 10)})`;
  const lines = [outcome === 'unchanged' ? `${id}: unchanged, ${now}` : `${id}: ${now}, ${outcome}${then}`];
  if (kind === 'advisories') {
    const answered = completeFor.map(({ ecosystem, packages }) => {
      return packages === 'all' ? ecosystem : `${counted(packages.length, 'package')} of ${ecosystem}`;
    });
    lines.push(
      answered.length === 0
        ? `${id}: answers for nothing: no one said that it is complete (--complete ECOSYSTEM[:RELEASE])`
        : `${id}: answers for ${answered.join(', ')}`,
    );
  }
  if (noLongerFor.length > 0) lines.push(`${id}: no longer answers for ${noLongerFor.join(', ')}`);
  return lines;
}

function linesOfRemarks({ passedOver, leftOut, withoutPackage }: Remarks<Tally>): string[] {
  return [
    ...lineOf(passedOver, 'file', 'passed over, not intelligence'),
    ...lineOf(leftOut, 'figure', 'left out, not a CVSS vector'),
    ...lineOf(withoutPackage, 'advisory', 'left out, about no package', 'advisories'),
  ];
}

function lineOf({ count, examples }: Tally, one: string, what: string, many = `${one}s`): string[] {
  if (count === 0) return [];
  const more = count > examples.length ? ', …' : '';
  return [`${counted(count, one, many)} ${what}: ${examples.map(plainLine).join(', ')}${more}`];
}

function plain({ count, examples }: Tally): Tally {
  return { count, examples };
}
