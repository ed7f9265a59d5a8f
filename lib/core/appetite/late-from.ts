/** From when a criterion with days to fix counts a finding late. */
import type { Finding } from '../matching/finding.ts';
import { endAfterDay } from '../time/end.ts';
import type { Criterion } from './appetite.ts';
import { countedFrom, DAY, type Subject } from './subject.ts';

export interface Term {
  readonly days: number;
  readonly from: Criterion['from'];
}

/**
 * In milliseconds. KEV says on which day it listed something: those days are whole days of the programme's
 * zone, and late is what is there when the last of them is over.
 */
export function lateFrom(finding: Finding, { days, from }: Term, subject: Subject): number {
  const { kev } = finding;
  if (from === 'kev' && kev !== null) return Date.parse(endAfterDay(kev.dateAdded, days, subject.zone).at);
  return countedFrom(finding, subject) + days * DAY;
}

/** Whether its days count from its listing in KEV. */
export function isCountedFromKev({ kev }: Pick<Finding, 'kev'>, { from }: Pick<Term, 'from'>): boolean {
  return from === 'kev' && kev !== null;
}
