/**
 * What another scanner says of an image: an opinion, kept as evidence beside our own findings.
 *
 * It is canonical: the same report gives the same opinion, whatever else the report holds and however it is ordered.
 */
import { z } from 'zod';

import { digestSchema } from '../image/schemas.ts';
import { SEVERITIES } from '../matching/finding.ts';

const text = z.string().min(1).max(4096);

/** An identifier as databases of vulnerabilities give them out: `CVE-2026-1`, `RHSA-2020:3908`, `TEMP-0000000-A1B2C3`. */
export const vulnerabilityName = z.string().regex(/^[A-Za-z][\w.:-]{2,199}$/u, 'is no identifier of a vulnerability');

const packageSchema = z
  .object({
    /** As in a package URL: `deb`, `npm`; null where the report does not say. */
    type: text.nullable(),
    /** A distribution's package goes by the name of the binary or of its source: reports do not say which. */
    name: text,
    version: text.nullable(),
    purl: text.nullable(),
    /** The file in the image that says so. */
    path: text.nullable(),
  })
  .readonly();

const findingSchema = z
  .object({
    vulnerability: vulnerabilityName,
    /** Other names of that very vulnerability, in order. */
    aliases: z.array(vulnerabilityName).max(100).readonly(),
    package: packageSchema,
    severity: z.enum(SEVERITIES),
    fixedIn: text.nullable(),
  })
  .readonly();

/** Bounds what one report may cost, here and in every judgement of its image. */
export const MOST_FINDINGS = 50_000;
const MOST_LAYERS = 1000;

export const SCANNER_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/u;

const reported = {
  scanner: z
    .object({
      /** In lower case: an opinion takes the place of an older one of the same scanner. */
      name: z.string().regex(SCANNER_NAME),
      version: z.string().max(200).nullable(),
    })
    .readonly(),
  /** What the report says of which image it speaks. */
  image: z
    .object({
      /** Of the manifest, or of an index that lists it; none where it names none. */
      digests: z.array(digestSchema).max(MOST_LAYERS).readonly(),
      /** The diff IDs of its layers from the base upwards; none where it does not say. */
      layers: z.array(digestSchema).max(MOST_LAYERS).readonly(),
      /** The digest of its configuration, which tools call the image's ID; null where it is not said. */
      configuration: digestSchema.nullable(),
    })
    .readonly(),
  /** In the order of vulnerability, then package. */
  findings: z.array(findingSchema).max(MOST_FINDINGS).readonly(),
};

/** A report that was read: when it was made is null where it does not say. */
export const reportedOpinion = z
  .strictObject({ ...reported, at: z.iso.datetime({ precision: 3 }).nullable() })
  .readonly();

export type OpinionPackage = z.output<typeof packageSchema>;
export type OpinionFinding = z.output<typeof findingSchema>;
export type SaidImage = z.output<typeof reported.image>;
export type ReportedOpinion = z.output<typeof reportedOpinion>;

/** As it is kept. */
export interface Opinion extends Omit<ReportedOpinion, 'at'> {
  readonly schemaVersion: 1;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Where that is from: the report, or the instant at which one without a date came. */
  readonly dated: 'report' | 'arrival';
}

/**
 * Dates a report. One that says nothing, or that claims to be from the future, is dated by its arrival: else no later
 * one could take its place.
 *
 * @param at - ISO 8601: when it came
 */
export function datedOpinion(given: ReportedOpinion, at: string): Opinion {
  const isDated = given.at !== null && given.at <= at;
  return { schemaVersion: 1, ...given, at: isDated ? given.at : at, dated: isDated ? 'report' : 'arrival' };
}
