/** The work that a change leaves of what comes due: its ladders are looked at. */
import { z } from 'zod';

import type { ReminderKind } from '../../core/appetite/reminder-policy.ts';
import { contentId } from '../../core/canonical/canonical.ts';
import { hexOf } from '../../core/image/digest.ts';
import type { OutboxEntry } from '../ports/register-store.ts';
import { PLAN_REMINDERS } from '../work/work-types.ts';

const ABOUT = ['exception', 'risk', 'evidence', 'approval'] as const;
export type About = (typeof ABOUT)[number];

export const remindersJob = z.object({
  about: z.enum(ABOUT),
  /** Of the exception or the risk; the asset; the digest of the base. */
  id: z.string(),
});

/** @param change - what tells this change of it from every other: a JSON value */
export function remindersEntry(about: About, id: string, change: unknown): OutboxEntry {
  const body = { about, id };
  return { id: `${PLAN_REMINDERS}#${hexOf(contentId([body, change]))}`, type: PLAN_REMINDERS, body };
}

/** Of what a ladder is. */
export function aboutOf(kind: ReminderKind): About {
  return kind === 'expiry' || kind === 'review' ? 'exception' : kind;
}
