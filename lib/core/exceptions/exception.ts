/**
 * An exception: an accepted risk with an owner, a reason and an end.
 *
 * ```
 * requested ─▶ granted ─▶ ended (expired, lapsed, revoked, superseded)
 *     ├─▶ refused
 *     └─▶ withdrawn
 * ```
 *
 * What was asked for and what was granted never change; the state only moves forward.
 */
import { z } from 'zod';

import { digestSchema } from '../image/schemas.ts';
import { endSchema } from '../time/end.ts';
import { scopeSchema } from './scope.ts';
import { line } from './texts.ts';

const share = z.number().min(0).max(1);

export const controlSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/u, 'it has small letters, digits, dots, dashes and underscores'),
    /** What it does, in a sentence. */
    does: line(500),
    /** Where it can be seen to work. */
    evidence: line(500),
    /** By how much of it each is lowered, 0 to 1. The appetite bounds what all controls may do together. */
    lowers: z.strictObject({ likelihood: share.default(0), impact: share.default(0) }).readonly(),
  })
  .readonly();

const link = z.url({ protocol: /^https?$/u }).max(500);

const draft = {
  scope: scopeSchema,
  reason: line(2000).nullable(),
  /** The person who carries the risk, by name. */
  owner: line(200).nullable(),
  controls: z
    .array(controlSchema)
    .max(20)
    .refine((controls) => new Set(controls.map(({ id }) => id)).size === controls.length, 'two controls have one id')
    .readonly(),
  review: endSchema.nullable(),
  expiry: endSchema.nullable(),
  links: z.array(link).max(20).readonly(),
};

/** What is asked for. An import may lack what its file had no word for: what lacks it is never granted. */
export const draftSchema = z.strictObject(draft).readonly();

/** What may be granted: nothing that every exception needs is missing. */
export const termsSchema = z
  .strictObject({ ...draft, reason: line(2000), owner: line(200), expiry: endSchema })
  .readonly();

/** Who did something: the principal as the home knows it, and the person whom the appetite knew it as. */
export const whoSchema = z.object({ principal: z.string().min(1).max(2048), person: z.string().nullable() }).readonly();

const exceptionId = z.string().regex(/^EX-[0-9A-HJKMNP-TV-Z]{26}$/u, 'it is no identifier of an exception');
const instant = z.iso.datetime({ precision: 3 });

export const EXCEPTION_STATES = ['requested', 'granted', 'refused', 'withdrawn', 'ended'] as const;
export const ENDINGS = ['expired', 'lapsed', 'revoked', 'superseded'] as const;

export const exceptionSchema = z
  .object({
    id: exceptionId,
    terms: draftSchema,
    requester: whoSchema,
    requestedAt: instant,
    state: z.enum(EXCEPTION_STATES),
    /** Who granted it. */
    approver: whoSchema.nullable(),
    /** When it was granted, refused or withdrawn. */
    decidedAt: instant.nullable(),
    /** The evidence of the grant in force, or of the last one. */
    grant: digestSchema.nullable(),
    /** Which exception this one is to take the place of. */
    renews: exceptionId.nullable(),
    /** The next review: that of the terms, until a review names another. */
    review: endSchema.nullable(),
    /** Controls that are no longer there, by id. */
    withdrawnControls: z.array(z.string()).readonly(),
    ended: z
      .object({ at: instant, how: z.enum(ENDINGS), why: z.string() })
      .readonly()
      .nullable(),
  })
  .readonly();

/** What was known of a vulnerability when it was accepted: what later evidence is held against. */
const factSchema = z
  .object({
    vulnerability: z.string(),
    /** The source package. */
    source: z.string(),
    kev: z.boolean(),
    fixedIn: z.string().nullable(),
    epss: z.object({ score: share, modelVersion: z.string() }).readonly().nullable(),
  })
  .readonly();

/** The decision as evidence: its digest stands in every assessment that rests on it. */
export const grantSchema = z
  .object({
    schemaVersion: z.literal(1),
    id: exceptionId,
    terms: termsSchema,
    requester: whoSchema,
    approver: whoSchema,
    at: instant,
    /** Of what it covered when it was granted, in the order of vulnerability and source. */
    facts: z.array(factSchema).max(5000).readonly(),
    count: z.object({ findings: z.int().min(0), images: z.int().min(0) }).readonly(),
    /** Whether the base in its scope was approved for one of its stages then. */
    baseApproved: z.boolean(),
  })
  .readonly();

export type Control = z.output<typeof controlSchema>;
export type Draft = z.output<typeof draftSchema>;
export type Terms = z.output<typeof termsSchema>;
export type Who = z.output<typeof whoSchema>;
export type ExceptionState = (typeof EXCEPTION_STATES)[number];
export type Ending = (typeof ENDINGS)[number];
export type Exception = z.output<typeof exceptionSchema>;
export type GrantFact = z.output<typeof factSchema>;
export type Grant = z.output<typeof grantSchema>;

/** Whether a text may name an exception. */
export function isExceptionId(text: string): boolean {
  return exceptionId.safeParse(text).success;
}
