/** The shape of the appetite file. docs/appetite.md explains each part. */
import { z } from 'zod';

import { STAGES } from '../image/stage.ts';
import { CRITICALITIES, EXPOSURES, MODES } from './appetite.ts';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/u, 'an id has small letters, digits, dots, dashes and underscores, at most 64');

/** One line, without controls that a terminal or a mail would obey. */
const sentence = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'it has to be one line of plain text');

const days = z.int().min(0).max(3650);

export const MOST_EXPRESSION = 2000;
const expression = z.string().trim().min(1).max(MOST_EXPRESSION);

const criterion = z.strictObject({
  id,
  says: sentence,
  finding: expression.exactOptional(),
  image: expression.exactOptional(),
  daysToFix: days.exactOptional(),
});

const stage = z.strictObject({
  mode: z.enum(MODES).default('enforce'),
  maxAgeDays: z
    .strictObject({
      advisories: days.exactOptional(),
      cve: days.exactOptional(),
      kev: days.exactOptional(),
      epss: days.exactOptional(),
    })
    .default({}),
  tolerate: z.array(z.string()).max(100).default([]),
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
  id,
  repositories: z.array(repositoryPattern).min(1).max(200),
  owner: sentence,
  stage: z.enum(STAGES),
  exposure: z.enum(EXPOSURES).default('internal'),
  criticality: z.enum(CRITICALITIES).default('medium'),
});

export const appetiteSchema = z.strictObject({
  version: z.literal(1),
  statement: z.string().trim().min(1).max(20_000),
  unnamed: z.strictObject({
    stage: z.enum(STAGES),
    owner: sentence,
    exposure: z.enum(EXPOSURES).default('internet'),
    criticality: z.enum(CRITICALITIES).default('high'),
  }),
  assets: z.array(asset).max(5000).default([]),
  stages: z.strictObject({ development: stage, testing: stage, production: stage }),
});

export type AppetiteFile = z.output<typeof appetiteSchema>;
