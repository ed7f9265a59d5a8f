/** The shape of the appetite file. docs/appetite.md explains each part. */
import { z } from 'zod';

import { STAGES } from '../image/stage.ts';
import { COUNTED_FROM, EXPOSURES, MODES } from './appetite.ts';
import { CRITICALITIES } from './criticality.ts';
import { exceptionPolicySchema } from './exception-policy-schema.ts';
import { peopleSchema } from './people-schema.ts';
import { noticePolicySchema, reminderPolicySchema } from './reminder-policy-schema.ts';
import { days, expression, identifier, sentence } from './schema-parts.ts';

const criterion = z.strictObject({
  id: identifier,
  says: sentence.describe('the sentence that people read'),
  finding: expression.exactOptional().describe('CEL, asked of each finding: true for what breaks it'),
  image: expression.exactOptional().describe('CEL, asked once of the image: true for what breaks it'),
  daysToFix: days.exactOptional().describe('a finding breaks it only after so many days'),
  from: z.enum(COUNTED_FROM).exactOptional().describe('from when days to fix count; published where left out'),
});

const stage = z.strictObject({
  mode: z.enum(MODES).default('enforce').describe('observe decides the same and stops nothing'),
  maxAgeDays: z
    .strictObject({
      advisories: days.exactOptional(),
      cve: days.exactOptional(),
      kev: days.exactOptional(),
      epss: days.exactOptional(),
    })
    .default({})
    .describe('how old each kind of feed may be; of any age where left out'),
  tolerate: z.array(z.string()).max(100).default([]).describe('gaps that do not make a verdict unknown, by name'),
  criteria: z.array(criterion).min(1).max(100),
});

/** A pattern of repository names: the characters of the distribution specification, `*` among them, and `**` as a whole part. */
export const repositoryPattern = z
  .string()
  .max(255)
  .refine(
    (pattern) => pattern.split('/').every((part) => part === '**' || /^(?!.*\*\*)[a-z0-9._*-]+$/u.test(part)),
    'it is no pattern of repository names, such as team/app, team/*, team/app-* or team/**',
  );

const asset = z.strictObject({
  id: identifier,
  repositories: z.array(repositoryPattern).min(1).max(200),
  owner: sentence,
  stage: z.enum(STAGES),
  exposure: z.enum(EXPOSURES).default('internal'),
  criticality: z.enum(CRITICALITIES).default('medium'),
});

export const appetiteSchema = z.strictObject({
  version: z.literal(1),
  statement: z.string().trim().min(1).max(20_000).describe('what is accepted, in words'),
  // Which names there are is asked of the library that knows them (zone-mistake.ts).
  zone: z.string().max(64).default('UTC').describe('IANA name of the time zone in which a date ends'),
  people: peopleSchema.default([]),
  unnamed: z.strictObject({
    stage: z.enum(STAGES),
    owner: sentence,
    exposure: z.enum(EXPOSURES).default('internet'),
    criticality: z.enum(CRITICALITIES).default('high'),
  }),
  assets: z.array(asset).max(5000).default([]),
  exceptions: exceptionPolicySchema.prefault({}),
  reminders: reminderPolicySchema.prefault({}),
  notices: noticePolicySchema.prefault({}),
  stages: z.strictObject({ development: stage, testing: stage, production: stage }),
});

export type AppetiteFile = z.output<typeof appetiteSchema>;
