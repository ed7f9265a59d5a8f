/**
 * What a scan leaves to be decided. It names evidence and holds none: an image with 20,000 findings
 * leaves an entry of the same few hundred bytes as an empty one.
 */
import { z } from 'zod';

import { digestSchema } from '../../core/image/schemas.ts';
import { GAP_KINDS, type GapKind } from '../../core/sbom/gap.ts';
import { placementJob } from '../judge-placement/placement-job.ts';

const gap = z.object({
  kind: z.enum(Object.keys(GAP_KINDS) as [GapKind, ...GapKind[]]),
  subject: z.string(),
  message: z.string(),
});

export const decisionJob = z.object({
  job: placementJob,
  /** The instant of the scan's first claim (ISO 8601): the verdict is as of then, however late it is decided. */
  at: z.string(),
  scan: z.union([z.object({ inventory: digestSchema }), z.object({ gaps: z.tuple([gap], gap) })]),
  /** The scan was given up: the image is to be judged again when it is pushed again. */
  givenUp: z.boolean(),
});

export type DecisionJob = z.infer<typeof decisionJob>;
