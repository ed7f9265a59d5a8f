/**
 * What affects one version of one source package, of the records that are held about it.
 */
import type { OsvRecord } from '../advisories/records.ts';
import type { Gap } from '../sbom/gap.ts';
import { orderFrom } from '../versions/order.ts';
import { orderOf } from '../versions/version.ts';
import { NOT_AFFECTED } from './evaluate-range.ts';
import { evaluateRecord, isMatch, type Subject } from './evaluate-record.ts';
import type { Matched } from './finding.ts';
import { fixedIn } from './fixed-in.ts';
import type { Identities } from './identities.ts';
import type { Match } from './match.ts';

/** A match without the package: the same for every binary of the source. */
export type SourceMatch = Omit<Match, 'package'>;

interface Hit {
  readonly record: OsvRecord;
  readonly matched: Matched;
}

/** @returns what nobody can decide as gaps, one for each record */
export function matchSource(
  subject: Subject,
  records: readonly OsvRecord[],
  identities: Identities,
): { readonly matches: readonly SourceMatch[]; readonly gaps: readonly Gap[] } {
  const hits = new Map<string, Hit[]>();
  const gaps: Gap[] = [];
  for (const record of records) {
    const answer = evaluateRecord(record, subject);
    if (isMatch(answer)) {
      for (const vulnerability of identities.vulnerabilitiesOf(record)) {
        const found = hits.get(vulnerability) ?? [];
        found.push({ record, matched: answer.matched });
        hits.set(vulnerability, found);
      }
    } else if (answer !== NOT_AFFECTED) gaps.push(gapOf(answer.undecided, record, subject));
  }
  const matches = [...hits].map(([vulnerability, found]): SourceMatch => {
    const matching = found.map(({ record }) => record);
    const matched = found.map((hit) => hit.matched);
    const fix = fixedIn(matching, matched, subject);
    return { vulnerability, aliases: identities.aliasesOf(vulnerability), records: matching, fixedIn: fix, matched };
  });
  return { matches, gaps };
}

/** What is said of a package by two names, in one. @param isOwn - the second is its own name: that version is the one to upgrade */
export function joinMatches(a: SourceMatch, b: SourceMatch, isOwn: boolean): SourceMatch {
  const hits = [a, b].flatMap(({ records, matched }) =>
    records.map((record, place) => [record.id, { record, matched: matched[place] }] as const),
  );
  const inOrder = [...new Map(hits)].sort(([one], [other]) => orderOf(one, other)).map(([, hit]) => hit);
  return {
    ...a,
    records: inOrder.map(({ record }) => record),
    matched: inOrder.flatMap(({ matched }) => matched ?? []),
    fixedIn: isOwn ? (b.fixedIn ?? a.fixedIn) : (a.fixedIn ?? b.fixedIn),
  };
}

/** The gap is about the package where its own version can't be read, else about the record. */
function gapOf(undecided: string, record: OsvRecord, { ecosystem, name, version }: Subject): Gap {
  const readable = typeof orderFrom(ecosystem, version) === 'function';
  return readable
    ? { kind: 'unparsable-version', subject: record.id, message: undecided }
    : { kind: 'unparsable-version', subject: name, message: undecided };
}
