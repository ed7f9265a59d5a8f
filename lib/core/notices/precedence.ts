/**
 * What goes before other notices where a recipient is told much: what is exploited, that somebody can't be told, and
 * what ends or is due today. It has a part of each hour to itself, so that chatter can't hold it back.
 */
import { dayOf, lastDayOf } from '../time/end.ts';
import type { NoticeKind } from './kinds.ts';
import type { Notice } from './notice.ts';

const FIRST: readonly NoticeKind[] = ['exploited', 'subscription-lost'];

export function goesFirst({ kind, at, dates }: Pick<Notice, 'kind' | 'at' | 'dates'>): boolean {
  return FIRST.includes(kind) || dates.some(({ due }) => dayOf(at, due.zone) === lastDayOf(due));
}

/** How many of the messages of an hour are kept for what goes first: a quarter, and never all. */
export function keptForFirst(mostAnHour: number): number {
  return Math.min(mostAnHour - 1, Math.ceil(mostAnHour / 4));
}
