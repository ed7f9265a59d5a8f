/** What is kept of owed work until it is told: small, though an assessment may have 20,000 findings. */
import type { OutEvent } from '../../core/events/out-event.ts';
import { verdictEvents } from '../../core/events/verdict-events.ts';
import { type Addressed, addressedOf } from '../../core/notices/addressed.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { type RoundUpEntry, roundUpEntry } from '../../core/notices/round-up.ts';
import { type Reader, readersOf } from '../../core/notices/routing.ts';
import type { Subscriber } from '../../core/notices/subscriber.ts';
import { verdictNotice } from '../../core/notices/verdict-notice.ts';
import type { Work } from '../ports/work-queue.ts';
import { type ReadingOwed, readOwed } from './read-owed.ts';

export interface OwedNotice {
  /** Of the work. */
  readonly work: string;
  readonly assessment: string;
  readonly notice: Notice;
  readonly addressed: Addressed;
  readonly entry: RoundUpEntry;
  readonly events: readonly OutEvent[];
  /** Who wants it; nobody, where the operator gets it in their place. */
  readonly readers: readonly Reader[];
}

export interface Composing extends ReadingOwed {
  readonly subscribers: readonly Subscriber[];
}

export async function composeOwed(work: Work, { subscribers, ...reading }: Composing): Promise<OwedNotice> {
  const owed = await readOwed(work, reading);
  const { assessment, id } = owed;
  const notice = verdictNotice(owed);
  const addressed = addressedOf(assessment, { kind: notice.kind, owner: notice.to });
  return {
    ...{ work: work.id, assessment: id, notice, addressed },
    entry: roundUpEntry(owed, notice.id),
    events: verdictEvents(owed),
    readers: readersOf(addressed, subscribers),
  };
}
