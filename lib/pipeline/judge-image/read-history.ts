/** Reads what criteria may ask of the past: which stages the image passed, when its asset was validated. */
import { z } from 'zod';

import type { Place } from '../../core/exceptions/place.ts';
import { digestSchema, stageSchema } from '../../core/image/schemas.ts';
import type { Stage } from '../../core/image/stage.ts';
import { passedKey, validationsPartition } from '../../core/register/history-keys.ts';
import type { JudgedHistory } from '../../core/register/judged-evidence.ts';
import { orderOf } from '../../core/versions/version.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';

/** The stages that others may ask an image to have passed: nothing comes after production. */
export const ASKED_STAGES: readonly Stage[] = ['development', 'testing'];

/** Body of the item at `passedKey`. */
export const passedItem = z.object({ at: z.string(), assessment: digestSchema });

/** Of a validation as it is recorded, what is read here. */
const validationItem = z.object({
  /** ISO 8601: when it was recorded. */
  at: z.string(),
  /** ISO 8601: when it was done. */
  date: z.string(),
  stages: z.array(stageSchema),
  outcome: z.enum(['passed', 'failed']),
});

/**
 * As of an instant: what came after it is not known, nor what came of a judgement as of that very instant, so that one
 * which is made twice is the same. Its own stage is no past of an image: it would be another one after its first go.
 */
export async function readHistory(
  { digest, asset, stage }: Pick<Place, 'digest' | 'asset' | 'stage'>,
  at: string,
  register: RegisterStore,
): Promise<JudgedHistory> {
  const [passed, validatedAt] = await Promise.all([
    Promise.all(
      ASKED_STAGES.map(async (one) => (one !== stage && (await hasPassed(digest, one, at, register)) ? [one] : [])),
    ),
    asset === null ? null : validatedSince(asset, stage, at, register),
  ]);
  return { passed: passed.flat(), validatedAt };
}

async function hasPassed(image: Place['digest'], stage: Stage, at: string, register: RegisterStore): Promise<boolean> {
  const item = await register.get(passedKey(image, stage));
  return item !== null && passedItem.parse(item.body).at < at;
}

/** Of two of one day the one that was recorded later counts. */
async function validatedSince(
  asset: string,
  stage: Stage,
  at: string,
  register: RegisterStore,
): Promise<string | null> {
  const items = await readAll(register, { pk: validationsPartition(asset) });
  const known = items
    .map(({ body }) => validationItem.parse(body))
    .filter((one) => one.at <= at && one.date <= at && one.stages.includes(stage));
  const newest = known.sort((a, b) => orderOf(a.date, b.date) || orderOf(a.at, b.at)).at(-1);
  return newest?.outcome === 'passed' ? newest.date : null;
}
