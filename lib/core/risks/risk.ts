/**
 * A risk: one vulnerability in one package of one asset, whatever number of images carry it; or what a person
 * entered. It is never removed: it is open, closed with its evidence, or merged into an older one.
 */
import { z } from 'zod';

import { digestSchema, placementSchema, stageSchema } from '../image/schemas.ts';
import { SEVERITIES } from '../matching/finding.ts';

export const TREATMENTS = ['none', 'mitigate', 'accept', 'avoid', 'transfer'] as const;
export const RISK_STATES = ['open', 'closed', 'merged'] as const;

const instant = z.string();

/** Who did something: a principal, and whom the appetite takes it for. */
export const actorSchema = z.object({ principal: z.string(), person: z.string().nullable() }).readonly();

export const treatmentSchema = z
  .object({
    kind: z.enum(TREATMENTS),
    /** ISO 8601: by when it is mitigated; at this instant it is late. Null where nothing was said. */
    due: instant.nullable(),
    /** By which it is accepted; the exception decides what that means. Null for every other kind. */
    exception: z.string().nullable(),
    why: z.string().nullable(),
    by: actorSchema.nullable(),
    at: instant.nullable(),
  })
  .readonly();

export const NO_TREATMENT: Treatment = { kind: 'none', due: null, exception: null, why: null, by: null, at: null };

/** `fixed`: not found any more where it was. The rest: where it was found no longer counts. `decided`: a person says so. */
export const CLOSINGS = [
  'fixed',
  'replaced',
  'moved',
  'deleted',
  'archived',
  'untagged',
  'not-running',
  'decided',
] as const;

const closedSchema = z
  .object({
    at: instant,
    how: z.enum(CLOSINGS),
    why: z.string(),
    /** An assessment, or the report that a person names. */
    evidence: digestSchema.nullable(),
    placement: placementSchema.nullable(),
    by: actorSchema.nullable(),
  })
  .readonly();

/** 0–1, and their product; `residual` is what controls leave of it. Figures as of an assessment's instant. */
const scoresSchema = z
  .object({
    likelihood: z.number(),
    impact: z.number(),
    inherent: z.number(),
    residual: z.number(),
    at: instant,
  })
  .readonly();

export const riskSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['vulnerability', 'entered']),
    /** The id of an asset; `repository:NAME` where none names the repository. */
    asset: z.string(),
    vulnerability: z.string().nullable(),
    aliases: z.array(z.string()).readonly(),
    package: z.object({ type: z.string(), source: z.string() }).readonly().nullable(),
    title: z.string(),
    /** To whom it was assigned; null: the asset's owner. */
    owner: z.string().nullable(),
    assetOwner: z.string(),
    /** In which it was seen since it was opened. */
    stages: z.array(stageSchema).readonly(),
    /** Names or digests of the bases that brought it. */
    bases: z.array(z.string()).readonly(),
    severity: z.enum(SEVERITIES),
    scores: scoresSchema,
    fixedIn: z.string().nullable(),
    treatment: treatmentSchema,
    controls: z.array(z.string()).readonly(),
    firstSeen: instant,
    /** The last assessment that saw it; null while it is open: the current verdicts see it. */
    lastSeen: instant.nullable(),
    state: z.enum(RISK_STATES),
    closed: closedSchema.nullable(),
    /** How often it came back. */
    reopened: z.int().nonnegative(),
    mergedInto: z.string().nullable(),
    /** Younger risks that turned out to be this one. */
    absorbed: z.array(z.string()).readonly(),
    /** When this state was recorded, and which change of the risk it is. */
    changedAt: instant,
    changes: z.int().positive(),
  })
  .readonly();

export type Risk = z.output<typeof riskSchema>;
export type Treatment = z.output<typeof treatmentSchema>;
export type Closed = z.output<typeof closedSchema>;
export type Actor = z.output<typeof actorSchema>;
export type Scores = z.output<typeof scoresSchema>;

/** @throws ZodError where a body is none */
export function readRisk({ body }: { readonly body: unknown }): Risk {
  return riskSchema.parse(body);
}

/** Who carries it. */
export function ownerOf({ owner, assetOwner }: Pick<Risk, 'owner' | 'assetOwner'>): string {
  return owner ?? assetOwner;
}

/** Whether it should have been mitigated by then. */
export function isLate({ state, treatment: { kind, due } }: Pick<Risk, 'state' | 'treatment'>, at: string): boolean {
  return state === 'open' && kind === 'mitigate' && due !== null && due <= at;
}
