/** What the appetite file says of exceptions. */
import { z } from 'zod';

import { STAGES } from '../image/stage.ts';
import { CRITICALITIES } from './criticality.ts';
import { REQUIRABLE } from './exception-policy.ts';
import { days, expression, identifier, sentence } from './schema-parts.ts';

const share = z.number().min(0).max(1);

const approver = z.strictObject({
  people: z.array(sentence).min(1).max(1000).exactOptional(),
  stages: z.array(z.enum(STAGES)).min(1).exactOptional(),
  criticality: z.array(z.enum(CRITICALITIES)).min(1).exactOptional(),
  assets: z.array(identifier).min(1).max(5000).exactOptional(),
});

export const exceptionPolicySchema = z.strictObject({
  required: z
    .array(z.enum(REQUIRABLE))
    .default(['review'])
    .describe('what each needs beside scope, reason, owner and expiry'),
  longestDays: z
    .strictObject({
      low: days.default(365),
      medium: days.default(180),
      high: days.default(90),
      critical: days.default(30),
    })
    .prefault({})
    .describe('by the criticality of the assets in scope; 0: none is granted'),
  controls: z
    .strictObject({ likelihood: share.default(0.9), impact: share.default(0.5) })
    .prefault({})
    .describe('the most by which all controls together lower each, 0 to 1'),
  approvers: z
    .array(approver)
    .max(1000)
    .default([])
    .describe('who approves what; a list that is left out speaks of all'),
  never: z
    .array(z.strictObject({ id: identifier, says: sentence, finding: expression }))
    .max(100)
    .default([])
    .describe('findings that no exception covers'),
  lapse: z
    .strictObject({
      kev: z.boolean().default(true),
      epss: z.number().gt(0).max(1).nullable().default(0.2),
      fix: z.boolean().default(false),
      control: z.boolean().default(true),
      owner: z.boolean().default(true),
      baseApproval: z.boolean().default(true),
    })
    .prefault({})
    .describe('what ends an exception before its time'),
});
