/** What comes due, as it is asked for and acknowledged. */
import { z } from 'zod';

import { line } from '../../core/exceptions/texts.ts';
import { parseEnd } from '../../core/time/end.ts';
import { operation } from '../operations/operation.ts';
import { pageSchema } from '../operations/page.ts';
import { acknowledge } from './acknowledge.ts';
import { listReminders } from './list-reminders.ts';

export const remindersListOperation = operation({
  name: 'reminders/list',
  changes: false,
  input: z.strictObject({
    all: z.boolean(),
    mine: z.boolean(),
    asset: z.string().min(1).max(512).nullable(),
    ...pageSchema,
  }),
  run: async ({ all, mine, asset, ...page }, { register, caller, at, appetite }) =>
    await listReminders({ all, mine, asset }, page, { register, caller, at, appetite: appetite.value }),
});

export const remindersAckOperation = operation({
  name: 'reminders/ack',
  changes: true,
  input: z.strictObject({
    ladder: z.string().min(1).max(600),
    /** A day, which ends where the programme is at home, or an instant; null: for as long as the date stays. */
    until: z.string().max(40).nullable(),
    why: line(500).nullable(),
  }),
  run: async ({ until, ...given }, context) =>
    await acknowledge(
      { ...given, until: until === null ? null : parseEnd(until, context.appetite.value.zone) },
      context,
    ),
});
