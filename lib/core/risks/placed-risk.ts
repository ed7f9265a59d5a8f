/** A row of a risk: a placement that has it for a stage, or had it and why no longer. */
import { z } from 'zod';

import { digestSchema, placementSchema, stageSchema } from '../image/schemas.ts';
import { CLOSINGS } from './risk.ts';

const clearedSchema = z
  .object({ at: z.string(), how: z.enum(CLOSINGS), why: z.string(), evidence: digestSchema.nullable() })
  .readonly();

const placedSchema = z
  .object({
    placement: placementSchema,
    stage: stageSchema,
    /** Which found it. */
    assessment: digestSchema,
    /** Null while it is there. */
    cleared: clearedSchema.nullable(),
  })
  .readonly();

export type Cleared = z.output<typeof clearedSchema>;
export type PlacedRisk = z.output<typeof placedSchema>;

/** @throws ZodError where a body is none */
export function readPlacedRisk({ body }: { readonly body: unknown }): PlacedRisk {
  return placedSchema.parse(body);
}
