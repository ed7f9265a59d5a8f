/** External validations: that somebody from outside looked at an asset, what came of it, and the report's hash. */
import { z } from 'zod';

import { contentId } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { line } from '../../core/exceptions/texts.ts';
import { digestSchema, stageSchema } from '../../core/image/schemas.ts';
import { validationKey, validationsPartition } from '../../core/register/history-keys.ts';
import { endAfterDay } from '../../core/time/end.ts';
import { planEntry } from '../judge-again/plan-entry.ts';
import { operation } from '../operations/operation.ts';
import { pageOf, pageSchema } from '../operations/page.ts';
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

const asset = z.string().min(1).max(512);

export const evidenceAddOperation = operation({
  name: 'evidence/add',
  changes: true,
  input: z.strictObject({
    asset,
    who: line(200),
    scope: line(500),
    stages: z.array(stageSchema).min(1).max(3),
    /** The day on which it was done, where the programme is at home. */
    date: z.iso.date(),
    outcome: z.enum(['passed', 'failed']),
    report: digestSchema.nullable(),
  }),
  run: async (given, { register, at, caller: { principal, person }, appetite }): Promise<Validation> => {
    if (!appetite.value.assets.some(({ id }) => id === given.asset)) {
      throw new CavendishError('not-found', `the appetite names no asset "${given.asset}"`, {
        next: 'See which it names: cavendish appetite show',
      });
    }
    const date = endAfterDay(given.date, -1, appetite.value.zone).at;
    if (date > at) throw new CavendishError('bad-input', `${given.date} has not begun yet`);
    const told = { ...given, stages: [...new Set(given.stages)].sort(), date, recordedBy: { principal, person }, at };
    const id = contentId(told);
    const validation = { id, ...told };
    await register.commit({
      puts: [],
      history: [{ ...validationKey(given.asset, at, id), body: validation }],
      outbox: [planEntry({ kind: 'validated', at, asset: given.asset })],
    });
    return validation;
  },
});

export const evidenceListOperation = operation({
  name: 'evidence/list',
  changes: false,
  input: z.strictObject({ asset, ...pageSchema }),
  run: async ({ asset: of, ...page }, { register }) => {
    const items = await readAll(register, { pk: validationsPartition(of) });
    const all = items.map(({ body }): Validation => validationSchema.parse(body));
    return pageOf(all, ({ at, id }) => `${at}#${id}`, page);
  },
});
