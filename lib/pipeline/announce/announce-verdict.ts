/** Delivers the notice that a verdict owes to every channel of a laptop; a channel that refuses leaves it owed. */
import type { Notice } from '../../core/notices/notice.ts';
import { verdictNotice } from '../../core/notices/verdict-notice.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Work } from '../ports/work-queue.ts';
import { type ReadingOwed, readOwed } from './read-owed.ts';

interface Dependencies extends ReadingOwed {
  readonly notifiers: readonly Notifier[];
}

export async function announceVerdict(work: Work, { notifiers, ...reading }: Dependencies): Promise<Notice> {
  const notice = verdictNotice(await readOwed(work, reading));
  for (const notifier of notifiers) await notifier.deliver(notice);
  return notice;
}
