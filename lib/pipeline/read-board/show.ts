/** One image with all that is known of it: verdict, reasons, findings, second opinions, sightings, history. */
import { z } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import { type Sees, seesOf } from '../../core/people/sees.ts';
import type { Current } from '../../core/register/current.ts';
import { placementPartition } from '../../core/register/keys.ts';
import { readAssessment } from '../judge-image/read-assessment.ts';
import { adviser } from '../lineage/advise.ts';
import { nameSchema } from '../operations/fields.ts';
import { operation, type OperationContext } from '../operations/operation.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { compareOpinions } from '../second-opinion/compare-opinion.ts';
import { sightingsOf } from '../sightings/running.ts';
import { findPlacement } from './find-placement.ts';
import { readHistory } from './read-history.ts';

async function read(current: Current, context: OperationContext, advise: ReturnType<typeof adviser>) {
  const { register, evidence } = context;
  const { placement } = current;
  const assessment = await readAssessment(evidence, current.assessment);
  const [opinions, sightings, history, advice] = await Promise.all([
    compareOpinions(placement, assessment, context),
    sightingsOf(placement.digest, register),
    readHistory(register, placementPartition(placement)),
    // On its base; null where there is nothing to say.
    advise(assessment),
  ]);
  return { current, assessment, opinions, sightings, history, advice };
}

/** One verdict that the name stands for: one for each placement and stage. */
export type Shown = Awaited<ReturnType<typeof read>>;

export const showOperation = operation({
  name: 'show',
  changes: false,
  input: z.strictObject({ image: nameSchema }),
  run: async ({ image }, context) => {
    const advise = adviser(context.at, context);
    const found = await findSeen(image, context.register, seesOf(context));
    return await Promise.all(found.map((current) => read(current, context, advise)));
  },
});

/** What is not the caller's is not there for them. @throws CavendishError as findPlacement */
export async function findSeen(name: string, register: RegisterStore, sees: Sees): Promise<readonly Current[]> {
  const found = (await findPlacement(name, register)).filter(({ placement }) => sees(placement.repository));
  if (found.length > 0) return found;
  throw new CavendishError('not-found', `nothing on the board is called "${name}"`, {
    next: 'See what is there: cavendish images --all',
  });
}
