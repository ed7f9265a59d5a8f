/** The approval of a base: for which stages images may be built on it, until when, and who says so. */
import { z } from 'zod';

import { stageSchema } from '../image/schemas.ts';
import type { Stage } from '../image/stage.ts';

export const approvalSchema = z.object({
  stages: z.array(stageSchema).min(1).readonly(),
  /** ISO 8601: at that instant it no longer counts. */
  until: z.string(),
  by: z.string(),
});

export type Approval = Readonly<z.infer<typeof approvalSchema>>;

/** An approval that ends at an instant does not count at it, though nothing ever happens then. */
export function isApproved(approval: Approval | null, stage: Stage, at: string): boolean {
  return approval !== null && approval.stages.includes(stage) && Date.parse(at) < Date.parse(approval.until);
}
