/** The intelligence that is held and what was set aside of it, as it is asked for and decided on. */
import { z } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import { diffFeed } from '../diff-feeds/diff-feeds.ts';
import { hashSchema, lineSchema, nameSchema } from '../operations/fields.ts';
import { operation, type OperationContext } from '../operations/operation.ts';
import { signedBy } from '../operations/signed.ts';
import { rejectQuarantined, releaseQuarantined, type Word } from '../refresh-feeds/settle-quarantined.ts';
import { listQuarantined, type StoredQuarantined } from './quarantine-items.ts';

export const feedsOperation = operation({
  name: 'feeds',
  changes: false,
  input: z.strictObject({}),
  run: async (_, { intelligence, register }) => {
    const [feeds, quarantined] = await Promise.all([intelligence.feeds(), listQuarantined(register)]);
    return { feeds, aside: quarantined.filter(({ state }) => state === 'held') };
  },
});

/** Changes of each kind that one answer tells. */
export const MOST_CHANGES = 20_000;

export const diffFeedOperation = operation({
  name: 'feeds/diff',
  changes: false,
  input: z.strictObject({
    feed: nameSchema,
    /** The older and the newer version; null: the held one, and the one before. */
    from: hashSchema.nullable(),
    to: hashSchema.nullable(),
    most: z.int().min(0).max(MOST_CHANGES),
  }),
  run: async (asked, stores) => await diffFeed(asked, stores),
});

/** Changes that are shown of what was set aside, of each kind. */
const SHOWN_CHANGES = 10;

export const inspectFeedOperation = operation({
  name: 'feeds/inspect',
  changes: false,
  input: z.strictObject({
    /** Null: all feeds. */
    feed: nameSchema.nullable(),
    /** Also what was settled. */
    all: z.boolean(),
  }),
  run: async ({ feed, all }, context) => {
    const found = (await listQuarantined(context.register, feed ?? undefined)).filter(
      ({ state }) => all || state === 'held',
    );
    const shown = [];
    for (const one of found) shown.push({ ...one, diff: await changesOf(one, context) });
    return shown;
  },
});

async function changesOf({ feed, hash, before }: StoredQuarantined, context: OperationContext) {
  return hash === null ? null : await diffFeed({ feed, from: before, to: hash, most: SHOWN_CHANGES }, context);
}

const word = z.strictObject({
  feed: nameSchema,
  version: hashSchema.nullable(),
  by: lineSchema.max(200).nullable(),
  why: lineSchema,
});

function said({ by, ...rest }: z.output<typeof word>, { caller, at }: OperationContext): Word {
  if (!caller.enforced && by === null && caller.person === null) {
    throw new CavendishError('wrong-use', 'who says so?', { next: 'Name yourself: --by NAME' });
  }
  return { ...rest, by: signedBy(caller, by), at: new Date(at) };
}

export const releaseFeedOperation = operation({
  name: 'feeds/release',
  changes: true,
  openOnLaptop: true,
  input: word,
  run: async (given, context) => await releaseQuarantined(said(given, context), context),
});

export const rejectFeedOperation = operation({
  name: 'feeds/reject',
  changes: true,
  openOnLaptop: true,
  input: word,
  run: async (given, context) => await rejectQuarantined(said(given, context), context),
});
