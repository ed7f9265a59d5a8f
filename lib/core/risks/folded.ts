/**
 * What of a placement stands in the risk register: the assessment of each stage whose findings have their
 * rows. What is on its way in is named before the first row is written, so that whoever goes on after a
 * death knows of every row there may be.
 */
import { z } from 'zod';

import type { Placement } from '../image/placement.ts';
import { digestSchema, placementSchema, stageSchema } from '../image/schemas.ts';
import type { Stage } from '../image/stage.ts';
import type { Current } from '../register/current.ts';

const foldedStage = z
  .object({
    /** Null: the placement does not count for the stage. */
    assessment: digestSchema.nullable(),
    /** Earlier ones, some of whose findings are not known to be gone: what came after them read less. */
    kept: z.array(digestSchema).readonly(),
    /** Those that somebody began to write the rows of. */
    pending: z.array(digestSchema).readonly(),
  })
  .readonly();

const foldedSchema = z
  .object({
    placement: placementSchema,
    /** When it was first folded: part of the keys of its rows. */
    since: z.string(),
    stages: z.partialRecord(stageSchema, foldedStage).readonly(),
    /** Placements that this one took the place of, and that still stand in the register. */
    holds: z.array(placementSchema).readonly(),
  })
  .readonly();

export type FoldedStage = z.output<typeof foldedStage>;
export type Folded = z.output<typeof foldedSchema>;

const NOTHING_FOLDED: FoldedStage = { assessment: null, kept: [], pending: [] };

/** @throws ZodError where a body is none */
export function readFolded({ body }: { readonly body: unknown }): Folded {
  return foldedSchema.parse(body);
}

export function newFolded(placement: Placement, since: string): Folded {
  return { placement, since, stages: {}, holds: [] };
}

export function stageOf({ stages }: Folded, stage: Stage): FoldedStage {
  return stages[stage] ?? NOTHING_FOLDED;
}

/** The placement that took the last tag of this one; null where none did. */
export function replacementOf({ placement, replacedBy }: Pick<Current, 'placement' | 'replacedBy'>): Placement | null {
  return replacedBy === null ? null : { ...placement, digest: replacedBy };
}
