/**
 * Events that Cavendish tells other programs: published, versioned, and only ever added to.
 *
 * docs/schemas/events/ is made from these schemas (`npm run schemas`), and docs/events-out.md describes
 * them. A reader ignores members that it does not know.
 */
import { z } from 'zod';

import { FEED_KINDS } from '../advisories/feed.ts';
import { QUARANTINE_REASONS } from '../advisories/quarantine.ts';
import { stageSchema } from '../image/schemas.ts';

const decision = z.enum(['go', 'no-go', 'unknown']);
const instant = z.iso.datetime();
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$|^sha512:[0-9a-f]{128}$/u);

const placement = z.object({
  account: z.string(),
  region: z.string(),
  registry: z.string(),
  repository: z.string(),
  digest: digest.describe("the image's manifest"),
});

const common = {
  id: z.string().describe('the same event told twice has the same id'),
  schemaVersion: z.literal(1),
  at: instant.describe('the instant that it speaks of: of a verdict, the instant of judgement'),
};

const ofPlacement = {
  ...common,
  placement,
  tag: z.string().nullable().describe('null for an image that was pushed without one'),
  platform: z.string().describe('os/architecture, or os/architecture/variant'),
  stage: stageSchema,
  revision: z
    .int()
    .nonnegative()
    .describe(
      'counts up with each change that is told of a repository, tag, platform and stage: a late event is known by it',
    ),
  verdict: decision,
  blocking: z.boolean().describe('false where the stage only observes, and on go'),
  assessment: digest.describe('the identity of the assessment: give it to `cavendish replay`'),
  owner: z.string().describe('as the appetite names it'),
};

const verdictChanged = z.object({
  ...ofPlacement,
  previous: decision.nullable().describe('null where nobody was told of it before'),
  score: z.number().min(0).max(100).nullable().describe('open: what no exception covers; null where it is not known'),
  vulnerabilities: z.int().nonnegative().describe('distinct ones'),
  criteria: z.array(z.string()).readonly().describe('the criteria of the appetite that are broken'),
});

const imageUnknown = z.object({
  ...ofPlacement,
  gaps: z
    .array(z.object({ kind: z.string(), subject: z.string(), message: z.string() }))
    .readonly()
    .describe('what is not known and not tolerated; the first fifty'),
  gapsOmitted: z.int().nonnegative().describe('how many gaps more there are'),
});

const feedStale = z.object({
  ...common,
  feed: z.string(),
  kind: z.enum(FEED_KINDS),
  date: instant.describe('the instant that the feed speaks of'),
  ageDays: z.int().nonnegative(),
  allowedDays: z.number().describe('the greatest age that the strictest stage allows'),
});

const feedQuarantined = z.object({
  ...common,
  feed: z.string(),
  hash: digest.nullable().describe('the version that was set aside; null where what came could not be read'),
  held: digest.nullable().describe('the version that is held all the same; null where none is'),
  source: z.string().describe('the address that it came from'),
  reasons: z
    .array(z.object({ kind: z.enum(QUARANTINE_REASONS), message: z.string() }))
    .readonly()
    .describe('what speaks against it; kinds may be added'),
});

/** Which of the events it is (EventBridge's `detail-type`), and the schema of its `detail`. */
export const OUT_EVENTS = {
  'Verdict Changed': verdictChanged,
  'Image Unknown': imageUnknown,
  'Feed Stale': feedStale,
  'Feed Quarantined': feedQuarantined,
} as const;

/** EventBridge's `source`. */
export const EVENT_SOURCE = 'cavendish';

export type VerdictChanged = Readonly<z.output<typeof verdictChanged>>;
export type ImageUnknown = Readonly<z.output<typeof imageUnknown>>;
export type FeedStale = Readonly<z.output<typeof feedStale>>;
export type FeedQuarantined = Readonly<z.output<typeof feedQuarantined>>;

export type OutEvent =
  | { readonly type: 'Verdict Changed'; readonly detail: VerdictChanged }
  | { readonly type: 'Image Unknown'; readonly detail: ImageUnknown }
  | { readonly type: 'Feed Stale'; readonly detail: FeedStale }
  | { readonly type: 'Feed Quarantined'; readonly detail: FeedQuarantined };

/** The JSON Schema (draft 2020-12) of an event's `detail`: it lets pass what later versions add. */
export function eventJsonSchema(type: OutEvent['type']): object {
  return { title: `${type}: the detail of the event`, ...z.toJSONSchema(OUT_EVENTS[type], { io: 'input' }) };
}
