/** What the appetite file says of reminders and notices. */
import { z } from 'zod';

import { sentence } from './schema-parts.ts';

/** A reminder further ahead than this is none that anybody acts upon. */
const MOST_DAYS = 730;

const ladder = {
  daysBefore: z.array(z.int().min(1).max(MOST_DAYS)).max(20).default([30, 14, 7, 1]).transform(mostFirst),
  onTheDay: z.boolean().default(true),
  thenEveryDays: z.int().min(1).max(MOST_DAYS).nullable().default(7).describe('until it is dealt with; null: never'),
};

const ladderSchema = z.strictObject(ladder).prefault({});

export const reminderPolicySchema = z.strictObject({
  at: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, 'it is no time of day, such as "09:00"')
    .default('09:00')
    .describe('time of day, where the date was meant'),
  expiry: ladderSchema.describe('of exceptions'),
  review: ladderSchema.describe('of exceptions'),
  risk: ladderSchema.describe('risks that are to be mitigated by a day'),
  evidence: z
    .strictObject({ ...ladder, afterDays: z.int().min(1).max(3650).default(365) })
    .prefault({})
    .describe('external validations, which are old after so many days'),
  approval: ladderSchema.describe('of base images'),
  escalateTo: sentence.nullable().default(null).describe('who hears of what is overdue where a person names no next'),
});

export const noticePolicySchema = z.strictObject({
  mostAnHour: z.int().min(1).max(1000).default(10).describe('messages to one recipient; the rest is rounded up'),
});

function mostFirst(days: readonly number[]): readonly number[] {
  return [...new Set(days)].sort((a, b) => b - a);
}
