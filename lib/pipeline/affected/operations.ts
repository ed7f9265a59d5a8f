/** Who is affected, as it is asked for. */
import { z } from 'zod';

import { seesOf } from '../../core/people/sees.ts';
import { nameSchema } from '../operations/fields.ts';
import { operation } from '../operations/operation.ts';
import { pageSchema } from '../operations/page.ts';
import { affectedBy, type AffectedPage } from './affected.ts';
import { type Question, QUESTION_KINDS, readQuestion } from './question.ts';

/** Verdicts that one answer looks at, at most: each is an assessment that is read. */
export const MOST_ASKED = 200;

export interface AffectedAnswer extends AffectedPage {
  /** As it was understood. */
  readonly question: Question;
}

export const affectedOperation = operation({
  name: 'affected',
  changes: false,
  input: z.strictObject({
    ...{ what: nameSchema, kind: z.enum(QUESTION_KINDS).nullable() },
    ...{ ...pageSchema, limit: z.int().min(1).max(MOST_ASKED) },
  }),
  run: async ({ what, kind, ...page }, context): Promise<AffectedAnswer> => {
    const sees = seesOf(context);
    const question = await readQuestion(what, kind, context.register);
    const { rows, next } = await affectedBy(question, page, context);
    // A page may hold less than was asked for: what is not the caller's is left out of it.
    return { question, rows: rows.filter(({ current }) => sees(current.placement.repository)), next };
  },
});
