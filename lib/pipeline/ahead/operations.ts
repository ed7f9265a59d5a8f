/** What happens if nobody does anything, as it is asked for. */
import { z } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import { hasEnded, parseEnd } from '../../core/time/end.ts';
import { operation, type OperationContext } from '../operations/operation.ts';
import { pageSchema } from '../operations/page.ts';
import { datesAhead } from './dates-ahead.ts';
import { verdictsAhead } from './verdicts-ahead.ts';

/** A day, which ends where the programme is at home, or an instant. */
const until = z.string().max(40);

/** Of one answer. */
const MOST = { ladders: 200, placements: 50 } as const;

/** Milliseconds after which an answer is given with what it has: over HTTP it has half a minute. */
const LONGEST = 10_000;

const MOST_YEARS = 3;

export const aheadDatesOperation = operation({
  name: 'ahead/dates',
  changes: false,
  input: z.strictObject({ until, ...pageSchema, limit: z.int().min(1).max(MOST.ladders) }),
  run: async ({ until: end, ...page }, context) => {
    const { register, caller, at, appetite } = context;
    const listing = { register, caller, at, appetite: appetite.value };
    return await datesAhead(endOf(end, context), page, listing, lateAfter(LONGEST));
  },
});

export const aheadVerdictsOperation = operation({
  name: 'ahead/verdicts',
  changes: false,
  input: z.strictObject({
    until,
    /** Feeds are taken for refreshed every day, with nothing new in them. */
    freshFeeds: z.boolean(),
    ...pageSchema,
    limit: z.int().min(1).max(MOST.placements),
  }),
  run: async ({ until: end, ...asked }, context) => {
    const { register, evidence, intelligence, appetite, at, asOf = () => null } = context;
    const span = { from: at, until: endOf(end, context) };
    const isLate = lateAfter(LONGEST);
    return await verdictsAhead({ ...asked, ...span }, { register, evidence, intelligence, appetite, asOf, isLate });
  },
});

/** @returns whether so many milliseconds have passed since */
function lateAfter(milliseconds: number): () => boolean {
  const start = performance.now();
  return () => performance.now() - start > milliseconds;
}

/** @throws CavendishError `bad-input` where it is past, or too far ahead */
function endOf(text: string, { at, appetite }: Pick<OperationContext, 'at' | 'appetite'>): string {
  const end = parseEnd(text, appetite.value.zone);
  if (hasEnded(end, at)) throw new CavendishError('bad-input', `${text} is past already`);
  const last = new Date(at);
  last.setUTCFullYear(last.getUTCFullYear() + MOST_YEARS);
  if (end.at <= last.toISOString()) return end.at;
  throw new CavendishError('bad-input', `${text} is more than ${String(MOST_YEARS)} years ahead`);
}
