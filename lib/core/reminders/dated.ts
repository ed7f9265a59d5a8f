/** A dated thing: what people are reminded of, and are owed reminders of until it is dealt with. */
import type { ReminderKind } from '../appetite/reminder-policy.ts';
import type { Stage } from '../image/stage.ts';
import type { End } from '../time/end.ts';

/** Which ladder: of what kind, and of what. */
export interface LadderName {
  readonly kind: ReminderKind;
  /** `EX-…` of an exception, the id of a risk, `asset` of validations, the digest of a base. */
  readonly subject: string;
}

/** By which people name a ladder: `expiry:EX-…`. */
export function ladderText({ kind, subject }: LadderName): string {
  return `${kind}:${subject}`;
}

export interface Dated extends LadderName {
  readonly due: End;
  /** ISO 8601: what lay before was nobody's debt, since nobody knew the date. */
  readonly since: string;
  /** ISO 8601: from then on it is nobody's; null: it is owed until it is dealt with. */
  readonly until: string | null;
  /** What it is, in a line. */
  readonly title: string;
  /** Why it was accepted, or what is to be done: a line; null where nothing was said. */
  readonly detail: string | null;
  readonly asset: string | null;
  readonly stages: readonly Stage[];
  /** Whose it is, by name: owner first, then approver. Each once. */
  readonly to: readonly string[];
  /** The commands that deal with it, what is meant most first. */
  readonly answers: readonly string[];
}
