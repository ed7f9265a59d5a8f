/** Looks at the ladders of what changed. */
import type { ReminderKind } from '../../core/appetite/reminder-policy.ts';
import type { Work } from '../ports/work-queue.ts';
import type { WorkHandlers } from '../work/run-taken.ts';
import { PLAN_REMINDERS } from '../work/work-types.ts';
import { remind, type Reminding } from './remind.ts';
import { type About, remindersJob } from './reminders-entry.ts';

const LADDERS: Readonly<Record<About, readonly ReminderKind[]>> = {
  exception: ['expiry', 'review'],
  risk: ['risk'],
  evidence: ['evidence'],
  approval: ['approval'],
};

interface Planning {
  readonly reminding: Reminding;
  readonly now: () => Date;
}

export function reminderHandlers({ reminding, now }: Planning): WorkHandlers {
  return {
    [PLAN_REMINDERS]: {
      run: async (work: Work) => {
        await planReminders(work, now(), reminding);
      },
    },
  };
}

/**
 * Where somebody is telling what is owed of a ladder there is nothing to wait for: they read the date again when they let
 * go, after this change. Where they died at it, whoever looks at what is due does.
 */
async function planReminders({ body }: Pick<Work, 'body'>, now: Date, reminding: Reminding): Promise<void> {
  const { about, id } = remindersJob.parse(body);
  for (const kind of LADDERS[about]) await remind({ kind, subject: id }, now, reminding);
}
