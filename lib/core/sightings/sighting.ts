/**
 * A sighting: that a digest runs somewhere, with first seen, last seen and end.
 *
 * What is told of it is a report: at an instant, something was seen to run or had ended. Reports come
 * late, twice and in any order; note-report.ts makes a sighting of them.
 */
import { z } from 'zod';

import { digestSchema, stageSchema } from '../image/schemas.ts';
import { plainLine } from '../text/plain.ts';

/** Who tells of it: a person or a job by the command line, Amazon ECS, AWS Lambda. */
export const SIGHTING_SOURCES = ['cli', 'ecs', 'lambda'] as const;
export type SightingSource = (typeof SIGHTING_SOURCES)[number];

/** In UTF-8: a key has room for so much besides a digest. */
const MOST_BYTES = 800;

/** Where something runs: one line of text, of 800 bytes at most. */
export const whereSchema = z
  .string()
  .min(1)
  .refine((text) => new TextEncoder().encode(text).length <= MOST_BYTES, 'too long')
  .refine((text) => plainLine(text) === text && text.trim() === text, 'not one line of text');

const instant = z.iso.datetime();

const told = {
  /** Of an image, or of an index: whoever runs it may name either. */
  digest: digestSchema,
  where: whereSchema,
  environment: stageSchema,
  /** The reference as it was told. */
  image: z.string().nullable(),
  source: z.enum(SIGHTING_SOURCES),
};

export const sightingSchema = z
  .object({
    ...told,
    firstSeen: instant,
    /** The last instant at which it was seen to run; null where only its end was ever told. */
    lastSeen: instant.nullable(),
    /** Null while it runs. */
    endedAt: instant.nullable(),
  })
  .readonly();

export type Sighting = z.output<typeof sightingSchema>;

export const reportSchema = z
  .object({
    ...told,
    /** Which of the things that run there, where they come and go one by one (a task of ECS); '' for the place as a whole. */
    unit: z.string().regex(/^[\da-z-]{0,64}$/iu),
    at: instant,
    /** True: it had ended by then. */
    ended: z.boolean(),
  })
  .readonly();

export type Report = z.output<typeof reportSchema>;

/** The unit of a report that speaks of the place as a whole. */
export const WHOLE = '';

export function isRunning({ endedAt }: Pick<Sighting, 'endedAt'>): boolean {
  return endedAt === null;
}
