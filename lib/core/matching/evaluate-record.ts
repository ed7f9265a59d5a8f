/**
 * Whether an advisory affects one version of one package, and how it says so.
 *
 * Read are ranges of type ECOSYSTEM, ranges of type SEMVER where the ecosystem's versions are Semantic
 * Versioning's, and enumerated versions; being in any of them is enough. Other SEMVER ranges and GIT
 * ranges say nothing of such versions and are passed over; an advisory that names the package and
 * gives nothing else is not taken for "not affected".
 */
import { spellingOf } from '../advisories/bucket.ts';
import type { OsvAffected, OsvRecord } from '../advisories/records.ts';
import { hasSemver, orderFrom, type OrderOfOthers } from '../versions/order.ts';
import { isUnparsable, type Unparsable } from '../versions/version.ts';
import { appliesTo } from './applies.ts';
import { evaluateRange, NOT_AFFECTED } from './evaluate-range.ts';
import type { Matched } from './finding.ts';

/** What is asked about: for a distribution, the source package. */
export interface Subject {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
}

/** `undecided`: why nobody can say. */
export type Answer = { readonly matched: Matched } | typeof NOT_AFFECTED | { readonly undecided: string };

export function evaluateRecord(record: OsvRecord, subject: Subject): Answer {
  if (record.withdrawn !== null) return NOT_AFFECTED;
  const entries = record.affected.filter(
    (entry) => isNamed(entry, subject) && appliesTo(entry.ecosystem, subject.ecosystem),
  );
  const answers = entries.flatMap((entry) => answersOf(entry, record.id, subject));

  const matches = answers.flatMap((answer) => (isMatch(answer) ? [answer] : []));
  // One that names a fix says more than one that names none.
  const best = matches.find(({ matched }) => matched.fixed !== null) ?? matches[0];
  return best ?? answers.find((answer) => answer !== NOT_AFFECTED) ?? NOT_AFFECTED;
}

/** True where an entry is of the package, in whatever spelling; of this release or another. */
export function isNamed({ ecosystem, name }: Pick<OsvAffected, 'ecosystem' | 'name'>, subject: Subject): boolean {
  return spellingOf(ecosystem, name) === spellingOf(subject.ecosystem, subject.name);
}

export function isMatch(answer: Answer): answer is { readonly matched: Matched } {
  return answer !== NOT_AFFECTED && 'matched' in answer;
}

/** Ranges first: they say what opened and what closes them. */
function answersOf(entry: OsvAffected, record: string, subject: Subject): readonly Answer[] {
  const from = orderFrom(subject.ecosystem, subject.version);
  const stands: OrderOfOthers = typeof from === 'function' ? from : () => from;
  const about = { record, ecosystem: entry.ecosystem, version: subject.version };

  const ranges = entry.ranges.filter(
    ({ type }) => type === 'ECOSYSTEM' || (type === 'SEMVER' && hasSemver(subject.ecosystem)),
  );
  if (ranges.length === 0 && entry.versions.length === 0) {
    return [{ undecided: `${record} names no version of ${entry.name} that can be compared` }];
  }
  const answers = ranges.map(({ events }): Answer => {
    const answer = evaluateRange(events, subject.ecosystem, stands);
    if (answer === NOT_AFFECTED) return NOT_AFFECTED;
    if (isUnparsable(answer)) return { undecided: inWords(answer, record, entry.name) };
    return { matched: { ...about, by: 'range', ...answer } };
  });

  const enumerated = isEnumerated(entry.versions, subject.version, from);
  if (enumerated === true) return [...answers, { matched: { ...about, by: 'version', introduced: null, fixed: null } }];
  return enumerated === false ? answers : [...answers, { undecided: inWords(enumerated, record, entry.name) }];
}

/**
 * The same text, or the same version in another spelling. A listed text that is no version is
 * nobody's version; an installed one may be any of those that are listed.
 */
function isEnumerated(
  versions: readonly string[],
  installed: string,
  stands: OrderOfOthers | Unparsable,
): boolean | Unparsable {
  if (versions.includes(installed)) return true;
  if (versions.length === 0) return false;
  if (typeof stands !== 'function') return stands;
  return versions.some((version) => {
    const answer = stands(version);
    return !isUnparsable(answer) && answer.order === 0;
  });
}

function inWords({ unparsable, why }: Unparsable, record: string, name: string): string {
  return `"${unparsable}" of ${name} can not be put in order (${why}), and ${record} hangs on it`;
}
