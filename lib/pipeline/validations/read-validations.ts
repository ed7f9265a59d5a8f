/** The external validations of an asset, as the register holds them. */
import { z } from 'zod';

import { digestSchema, stageSchema } from '../../core/image/schemas.ts';
import { validationsPartition } from '../../core/register/history-keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';

const validationSchema = z.object({
  id: z.string(),
  asset: z.string(),
  who: z.string(),
  scope: z.string(),
  stages: z.array(stageSchema).readonly(),
  /** ISO 8601: the beginning of the day on which it was done. */
  date: z.string(),
  outcome: z.enum(['passed', 'failed']),
  /** Of the report; null where there is none. */
  report: digestSchema.nullable(),
  recordedBy: z.object({ principal: z.string(), person: z.string().nullable() }).readonly(),
  /** ISO 8601: when it was recorded. */
  at: z.string(),
});

export type Validation = Readonly<z.output<typeof validationSchema>>;

/** In the order in which they were recorded. */
export async function readValidations(asset: string, register: RegisterStore): Promise<readonly Validation[]> {
  const items = await readAll(register, { pk: validationsPartition(asset) });
  return items.map(({ body }): Validation => validationSchema.parse(body));
}
