/** A letter as it is read from where it was kept. */
import { z } from 'zod';

import type { Letter } from './letter.ts';

const lines = z.array(z.string()).readonly();

const itemSchema = z
  .object({ mark: z.enum(['*', '+', '-']), text: z.string(), command: z.string().nullable(), under: lines })
  .readonly();

const sectionSchema = z
  .object({ title: z.string().nullable(), lead: lines, items: z.array(itemSchema).readonly(), rest: z.number() })
  .readonly();

const letterSchema = z
  .object({
    headline: z.string(),
    tone: z.enum(['bad', 'due', 'good', 'plain']),
    under: lines,
    sections: z.array(sectionSchema).readonly(),
    foot: lines,
  })
  .readonly();

/** @throws ZodError, SyntaxError where the text is none */
export function readLetter(json: string): Letter {
  return letterSchema.parse(JSON.parse(json));
}
