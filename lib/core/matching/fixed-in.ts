/**
 * The version to upgrade to.
 *
 * It is the smallest fix above the installed version at which none of the records that name a fix
 * matches any more: to name a version that another record still holds for affected would be bad
 * advice. A record that names no fix is silent, not a denial: it doesn't hide what others know.
 */
import type { OsvRecord } from '../advisories/records.ts';
import { NOT_AFFECTED } from './evaluate-range.ts';
import { evaluateRecord, isMatch, type Subject } from './evaluate-record.ts';
import type { Matched } from './finding.ts';

/**
 * @param matched - how each record matched, in the same order
 * @returns null where no record names a fix, or none that holds
 */
export function fixedIn(records: readonly OsvRecord[], matched: readonly Matched[], subject: Subject): string | null {
  const naming = records.filter((_, place) => matched[place]?.fixed !== null);
  let version = subject.version;

  // No version below the fix of a range that holds the version can be the answer: go there, and look again.
  for (let moved = true; moved;) {
    moved = false;
    for (const record of naming) {
      const answer = evaluateRecord(record, { ...subject, version });
      if (answer === NOT_AFFECTED) continue;
      if (!isMatch(answer) || answer.matched.fixed === null) return null;
      version = answer.matched.fixed;
      moved = true;
    }
  }
  return version === subject.version ? null : version;
}
