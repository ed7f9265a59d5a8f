/** The shape of the appetite file. docs/appetite.md explains each part. */
import { z } from 'zod';

import { FEED_KINDS } from '../advisories/feed.ts';
import { STAGES } from '../image/stage.ts';

export const EXPOSURES = ['internet', 'internal', 'none'] as const;
export const CRITICALITIES = ['low', 'medium', 'high', 'critical'] as const;
export const MODES = ['enforce', 'observe'] as const;

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/u, 'an id has small letters, digits, dots, dashes and underscores, at most 64');
const sentence = z.string().trim().min(1).max(500);
const days = z.number().int().min(0).max(3650);
const expression = z.string().trim().min(1).max(2000);

const criterion = z
  .strictObject({
    id,
    says: sentence,
    finding: expression.optional(),
    image: expression.optional(),
    daysToFix: days.optional(),
  })
  .refine(({ finding, image }) => (finding === undefined) !== (image === undefined), {
    message: 'a criterion has either finding: or image:',
  })
  .refine(({ image, daysToFix }) => image === undefined || daysToFix === undefined, {
    message: 'daysToFix counts for findings; an image criterion has none',
    path: ['daysToFix'],
  });

const stage = z.strictObject({
  mode: z.enum(MODES).default('enforce'),
  maxAgeDays: z.partialRecord(z.enum(FEED_KINDS), days).default({}),
  tolerate: z.array(z.string()).max(100).default([]),
  criteria: z.array(criterion).min(1).max(100),
});

const repository = z
  .string()
  .regex(/^[a-z0-9*][a-z0-9*._/-]{0,255}$/u, 'a pattern of repository names, as in team/app, team/* or team/**');

const asset = z.strictObject({
  id,
  repositories: z.array(repository).min(1).max(200),
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
