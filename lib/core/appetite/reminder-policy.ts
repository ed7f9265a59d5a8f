/** What an appetite says of reminders and notices: when people are reminded of what, and how much they are told at most. */

/** What people are reminded of: each has a ladder of its own. */
export const REMINDER_KINDS = ['expiry', 'review', 'risk', 'evidence', 'approval'] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

/** When people are reminded of one date. */
export interface Ladder {
  /** Whole days before the day, the most first. */
  readonly daysBefore: readonly number[];
  readonly onTheDay: boolean;
  /** Days between two reminders after the day, until it is dealt with; null: there are none. */
  readonly thenEveryDays: number | null;
}

export interface ReminderPolicy {
  /** Wall clock, `HH:MM`, in the zone in which the date was meant. */
  readonly at: string;
  /** The end of an exception. */
  readonly expiry: Ladder;
  /** The review of an exception. */
  readonly review: Ladder;
  /** The day by which a risk is to be mitigated. */
  readonly risk: Ladder;
  /** External validations, which count as old so many days after they were done. */
  readonly evidence: Ladder & { readonly afterDays: number };
  /** The end of a base image's approval. */
  readonly approval: Ladder;
  /** Who hears of what is overdue where nobody is named to be the next; null: nobody. */
  readonly escalateTo: string | null;
}

export interface NoticePolicy {
  /** Messages that one recipient gets in an hour; what is more waits for a round-up, and is counted. */
  readonly mostAnHour: number;
}
