/** Exceptions, as they are asked for, decided, taken back and read. */
import { z } from 'zod';

import { exceptionAt } from '../../core/exceptions/change.ts';
import { EXCEPTION_STATES } from '../../core/exceptions/exception.ts';
import { exceptionsSeenBy } from '../../core/exceptions/seen-by.ts';
import { line } from '../../core/exceptions/texts.ts';
import { seesOf } from '../../core/people/sees.ts';
import { parseEnd } from '../../core/time/end.ts';
import { operation } from '../operations/operation.ts';
import { pageSchema } from '../operations/page.ts';
import { appliedEntry, applyExceptions, planExceptions } from './apply-exceptions.ts';
import { approveException, refuseException } from './approve-exception.ts';
import { askedTerms, termsOf } from './asked-terms.ts';
import { checkExceptions } from './check-exceptions.ts';
import { changesOf, noException, readException } from './exception-items.ts';
import { listExceptions } from './list-exceptions.ts';
import { previewException } from './preview-exception.ts';
import { requestException } from './request-exception.ts';
import { reviewException } from './review-exception.ts';
import { revokeException, withdrawException } from './take-back.ts';
import { withdrawControl } from './withdraw-control.ts';

const id = z.string().min(1).max(64);
const why = line(2000);
const aboutOne = z.strictObject({ id, why });

export const previewOperation = operation({
  name: 'exception/preview',
  changes: false,
  input: z.strictObject({ terms: askedTerms }),
  run: async ({ terms }, context) => {
    const { count, verdicts } = await previewException(await termsOf(terms, context), context);
    const sees = seesOf(context);
    return { count, verdicts: verdicts.filter(({ placement }) => sees(placement.repository)) };
  },
});

export const requestOperation = operation({
  name: 'exception/request',
  changes: true,
  input: z.strictObject({ terms: askedTerms, renews: id.nullable() }),
  run: async ({ terms, renews }, context) =>
    await requestException({ terms: await termsOf(terms, context), renews }, context),
});

/** What another tool's file says is to be ignored: each entry is asked for, with whatever it lacks named. */
export const importOperation = operation({
  name: 'exception/import',
  changes: true,
  input: z.strictObject({ entries: z.array(askedTerms).max(100) }),
  run: async ({ entries }, context) => {
    const drafts = await Promise.all(entries.map((terms) => termsOf(terms, context)));
    const rows: Awaited<ReturnType<typeof requestException>>[] = [];
    for (const terms of drafts) rows.push(await requestException({ terms, renews: null }, context, { whole: false }));
    return { rows };
  },
});

/** What a file in version control asks for: only what is new or changed in it is asked for, and nothing is decided. */
export const applyOperation = operation({
  name: 'exception/apply',
  changes: true,
  input: z.strictObject({ entries: z.array(appliedEntry).max(500) }),
  run: async ({ entries }, context) => await applyExceptions(entries, context),
});

/** The same, and nothing is done. */
export const planOperation = operation({
  name: 'exception/plan',
  changes: false,
  input: z.strictObject({ entries: z.array(appliedEntry).max(500) }),
  run: async ({ entries }, context) => await planExceptions(entries, context),
});

export const approveOperation = operation({
  name: 'exception/approve',
  changes: true,
  input: z.strictObject({ id, why: why.nullable() }),
  run: approveException,
});

export const refuseOperation = operation({
  name: 'exception/refuse',
  changes: true,
  input: aboutOne,
  run: refuseException,
});

export const withdrawOperation = operation({
  name: 'exception/withdraw',
  changes: true,
  input: aboutOne,
  run: withdrawException,
});

export const revokeOperation = operation({
  name: 'exception/revoke',
  changes: true,
  input: aboutOne,
  run: revokeException,
});

export const reviewOperation = operation({
  name: 'exception/review',
  changes: true,
  input: z.strictObject({ id, why, next: z.string().max(64).nullable() }),
  run: async ({ next, ...review }, context) => {
    const { zone } = context.appetite.value;
    return await reviewException({ ...review, next: next === null ? null : parseEnd(next, zone) }, context);
  },
});

export const withdrawControlOperation = operation({
  name: 'exception/withdraw-control',
  changes: true,
  input: z.strictObject({ id, why, control: z.string().min(1).max(64) }),
  run: withdrawControl,
});

export const listOperation = operation({
  name: 'exception/list',
  changes: false,
  input: z.strictObject({
    states: z.array(z.enum(EXCEPTION_STATES)).min(1),
    owner: z.string().max(200).nullable(),
    asset: z.string().max(64).nullable(),
    vulnerability: z.string().max(128).nullable(),
    ...pageSchema,
  }),
  run: async ({ limit, after, ...filter }, context) => {
    const { register } = context;
    return await listExceptions(filter, { limit, after }, { register, sees: exceptionsSeenBy(context) });
  },
});

export const showOperation = operation({
  name: 'exception/show',
  changes: false,
  input: z.strictObject({ id, at: z.iso.datetime({ precision: 3 }).nullable() }),
  run: async (given, context) => {
    const { register } = context;
    const { exception } = await readException(given.id, register);
    if (!exceptionsSeenBy(context)(exception)) throw noException(exception.id);
    const changes = await changesOf(exception.id, register);
    const { at } = given;
    if (at === null) return { exception, changes };
    return { exception: exceptionAt(changes, at), changes: changes.filter((change) => change.at <= at) };
  },
});

export const checkOperation = operation({
  name: 'exception/check',
  changes: false,
  input: z.strictObject(pageSchema),
  run: async (page, context) => {
    const { register } = context;
    const everyone = { states: ['granted' as const], owner: null, asset: null, vulnerability: null };
    const all = await listExceptions(everyone, { limit: Number.MAX_SAFE_INTEGER, after: null }, { register });
    const seen = await listExceptions(everyone, page, { register, sees: exceptionsSeenBy(context) });
    return await checkExceptions(seen, all.rows, context);
  },
});
