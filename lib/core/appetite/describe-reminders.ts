/** What an appetite says of reminders and notices, in words. */
import { counted, plainLine } from '../text/plain.ts';
import type { Appetite } from './appetite.ts';
import { type Ladder, REMINDER_KINDS, type ReminderKind } from './reminder-policy.ts';

const OF: Readonly<Record<ReminderKind, string>> = {
  expiry: 'the end of an exception',
  review: 'the review of an exception',
  risk: 'the day by which a risk is to be mitigated',
  evidence: 'a validation that grows old',
  approval: "the end of a base image's approval",
};

export function describeReminders({ reminders, notices }: Pick<Appetite, 'reminders' | 'notices'>): readonly string[] {
  const { at, evidence, escalateTo } = reminders;
  const next = escalateTo === null ? '' : `, else ${plainLine(escalateTo)}`;
  return [
    `Reminders, at ${at}`,
    ...REMINDER_KINDS.map((kind) => `  Of ${OF[kind]}: ${whenOf(reminders[kind])}.`),
    `  A validation is old ${counted(evidence.afterDays, 'day')} after it was done.`,
    `  Of what is overdue the next person hears too, where one is named${next}.`,
    `  Nobody gets more than ${counted(notices.mostAnHour, 'message')} an hour; the rest is told in one.`,
  ];
}

function whenOf({ daysBefore, onTheDay, thenEveryDays }: Ladder): string {
  const parts = [
    ...(daysBefore.length === 0
      ? []
      : [`${daysBefore.join(', ')} ${daysBefore.join() === '1' ? 'day' : 'days'} before`]),
    ...(onTheDay ? ['on the day'] : []),
    ...(thenEveryDays === null
      ? []
      : [`then every ${thenEveryDays === 1 ? 'day' : counted(thenEveryDays, 'day')} until it is dealt with`]),
  ];
  return parts.length === 0 ? 'none' : parts.join(', ');
}
