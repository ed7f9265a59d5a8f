/** Delivers the notice that a verdict owes to every channel of a laptop; a channel that refuses leaves it owed. */
import type { Notice } from '../../core/notices/notice.ts';
import { verdictNotice } from '../../core/notices/verdict-notice.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Work } from '../ports/work-queue.ts';
import { readOwed } from './read-owed.ts';

interface Dependencies {
  readonly evidence: EvidenceStore;
  readonly notifiers: readonly Notifier[];
  readonly fallbackOwner: string;
}

export async function announceVerdict(
  work: Work,
  { evidence, notifiers, fallbackOwner }: Dependencies,
): Promise<Notice> {
  const notice = verdictNotice(await readOwed(work, evidence, fallbackOwner));
  for (const notifier of notifiers) await notifier.deliver(notice);
  return notice;
}
