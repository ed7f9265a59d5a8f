/** An adoption: a version of the appetite was put in force, by whom and why. */
import { z } from 'zod';

import { digestSchema } from '../image/schemas.ts';

const adoptionSchema = z
  .object({
    /** Of the text, which is kept as evidence. */
    hash: digestSchema,
    /** What the file was called. */
    name: z.string(),
    /** ISO 8601. */
    at: z.iso.datetime({ precision: 3 }),
    by: z.object({ principal: z.string(), person: z.string().nullable() }).readonly(),
    why: z.string(),
    /** By which version the home judged until then. */
    before: digestSchema,
  })
  .readonly();

export type Adoption = z.output<typeof adoptionSchema>;

/** @throws ZodError where a body is none */
export function readAdoption({ body }: { readonly body: unknown }): Adoption {
  return adoptionSchema.parse(body);
}

/** What an adopted version is called in assessments and messages: `appetite.yaml, adopted 2026-11-25`. */
export function adoptedSource({ name, at }: Pick<Adoption, 'name' | 'at'>): string {
  return `${name}, adopted ${at.slice(0, 10)}`;
}
