/** How a reminder of each kind is put. */
import type { ReminderKind } from '../appetite/reminder-policy.ts';
import { counted } from '../text/plain.ts';
import type { NoticeKind } from './kinds.ts';

export interface ReminderWords {
  readonly notice: NoticeKind;
  /** The same once the day is past. */
  readonly overdue: NoticeKind;
  /** `exception ends in 7 days` */
  readonly what: (days: number) => string;
  /** Before the date: `it ends on`. */
  readonly on: string;
  /** What follows where nobody does anything. */
  readonly otherwise: string;
  /** Before what was said of it; null: it stands for itself. */
  readonly because: string | null;
  /** What each of its answers means, in their order. */
  readonly answers: readonly string[];
  /** What its subject is called. */
  readonly subject: string;
}

export const REMINDER_WORDS: Readonly<Record<ReminderKind, ReminderWords>> = {
  expiry: {
    notice: 'exception-ending',
    overdue: 'exception-ending',
    what: (days) => `exception ${days < 0 ? 'ended' : 'ends'} ${inDays(days)}`,
    on: 'its last day',
    otherwise: 'from its end on it covers nothing, and what it covered counts again',
    because: 'accepted because',
    answers: ['it is still needed', 'it is needed no longer'],
    subject: 'Exception',
  },
  review: {
    notice: 'review-due',
    overdue: 'review-due',
    what: (days) => `review of an exception ${days < 0 ? 'was due' : 'is due'} ${inDays(days)}`,
    on: 'due on',
    otherwise: 'unanswered, it goes to who is next; the exception stands until its end',
    because: 'accepted because',
    answers: ['it is still needed', 'it is needed no longer'],
    subject: 'Exception',
  },
  risk: {
    notice: 'risk-due',
    overdue: 'risk-overdue',
    what: (days) => `risk ${days < 0 ? 'was to be' : 'is to be'} mitigated ${inDays(days)}`,
    on: 'due on',
    otherwise: 'it closes by itself once no image has it any more',
    because: 'to be done',
    answers: ['see what has it, and what fixes it', 'it takes longer', 'it is to be accepted'],
    subject: 'Risk',
  },
  evidence: {
    notice: 'evidence-ageing',
    overdue: 'evidence-ageing',
    what: (days) => `validation of an asset ${days < 0 ? 'became' : 'becomes'} old ${inDays(days)}`,
    on: 'good until',
    otherwise: 'where the appetite asks for a validation, verdicts go without one from then on',
    because: null,
    answers: ['it was validated again', 'see what there is'],
    subject: 'Asset',
  },
  approval: {
    notice: 'approval-ending',
    overdue: 'approval-ending',
    what: (days) => `approval of a base image ${days < 0 ? 'ended' : 'ends'} ${inDays(days)}`,
    on: 'its last day',
    otherwise: 'from its end on what is built on it stands on a base that nobody approved',
    because: 'approved because',
    answers: ['it is good for longer', 'see what is approved'],
    subject: 'Base',
  },
};

function inDays(days: number): string {
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  return days < 0 ? `${counted(-days, 'day')} ago` : `in ${counted(days, 'day')}`;
}
