/** External validations: that somebody from outside looked at an asset, what came of it, and the report's hash. */
import { z } from 'zod';

import { contentId } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { line } from '../../core/exceptions/texts.ts';
import { digestSchema, stageSchema } from '../../core/image/schemas.ts';
import { validationKey } from '../../core/register/history-keys.ts';
import { endAfterDay } from '../../core/time/end.ts';
import { planEntry } from '../judge-again/plan-entry.ts';
import { operation } from '../operations/operation.ts';
import { pageOf, pageSchema } from '../operations/page.ts';
import { remindersEntry } from '../reminders/reminders-entry.ts';
import { readValidations, type Validation } from './read-validations.ts';

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
      outbox: [planEntry({ kind: 'validated', at, asset: given.asset }), remindersEntry('evidence', given.asset, id)],
    });
    return validation;
  },
});

export const evidenceListOperation = operation({
  name: 'evidence/list',
  changes: false,
  input: z.strictObject({ asset, ...pageSchema }),
  run: async ({ asset: of, ...page }, { register }) => {
    return pageOf(await readValidations(of, register), ({ at, id }) => `${at}#${id}`, page);
  },
});
