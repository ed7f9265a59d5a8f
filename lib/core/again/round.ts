/**
 * A round: what one cause has judged again. Its items lie under the cause's identity; none of them says
 * when it is over but the head, which is put last.
 */
import { z } from 'zod';

import { FEED_KINDS } from '../advisories/feed.ts';
import { placementSchema, stageSchema } from '../image/schemas.ts';
import { causeSchema } from './cause.ts';

/** A version of a feed, as people are told of it. */
const toldVersion = z
  .object({ date: z.string(), count: z.int().nonnegative(), model: z.string().nullable() })
  .readonly();

const toldFeed = z
  .object({
    id: z.string(),
    kind: z.enum(FEED_KINDS),
    /** Null where nothing was held, or where it is not kept any more. */
    before: toldVersion.nullable(),
    after: toldVersion,
  })
  .readonly();

const head = z.object({
  cause: causeSchema,
  /** When it was planned (ISO 8601). */
  at: z.string(),
  pages: z.int().nonnegative(),
  /** Placements that it may concern. */
  placements: z.int().nonnegative(),
  /** Of a change of feeds. */
  feeds: z.array(toldFeed).readonly(),
});

const page = z.object({ placements: z.array(placementSchema).readonly() });

const failed = z.object({ placement: placementSchema, stage: stageSchema, why: z.string() }).readonly();

const done = z.object({
  at: z.string(),
  /** Verdicts that were judged again; of these, which differ, and which stand as they were. */
  judged: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  /** Verdicts that the cause does not touch, or that need no other judgement. */
  untouched: z.int().nonnegative(),
  failed: z.array(failed).readonly(),
});

/** A telling of the round: fixed before anybody is told, so that telling it twice says the same. */
const telling = z.object({
  pages: z.array(z.int().nonnegative()).readonly(),
  /** Placements that were still to be judged. */
  open: z.int().nonnegative(),
  failed: z.array(failed).readonly(),
  /** Placements that nobody will judge in this round: their work was set aside. */
  lost: z.int().nonnegative().default(0),
});

export type ToldFeed = z.output<typeof toldFeed>;
export type RoundHead = Readonly<z.output<typeof head>>;
export type RoundPage = Readonly<z.output<typeof page>>;
export type PageDone = Readonly<z.output<typeof done>>;

export type RoundTelling = Readonly<z.output<typeof telling>>;

interface Stored {
  readonly body: unknown;
}

export function readRoundHead(item: Stored): RoundHead;
export function readRoundHead(item: Stored | null): RoundHead | null;
export function readRoundHead(item: Stored | null): RoundHead | null {
  return item === null ? null : head.parse(item.body);
}

/** @throws ZodError where a body is none */
export function readRoundPage({ body }: Stored): RoundPage {
  return page.parse(body);
}

/** @throws ZodError where a body is none */
export function readPageDone({ body }: Stored): PageDone {
  return done.parse(body);
}

/** @throws ZodError where a body is none */
export function readRoundTelling({ body }: Stored): RoundTelling {
  return telling.parse(body);
}

/** True where EPSS is of another model than before: its figures do not compare. */
export function isOtherModel({ kind, before, after }: ToldFeed): boolean {
  return kind === 'epss' && before !== null && before.model !== after.model;
}
