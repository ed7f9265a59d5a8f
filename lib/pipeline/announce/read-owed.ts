/** Reads what work `announce-verdict` owes: the verdict, and what people were told before. */
import { z } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import type { Placement } from '../../core/image/placement.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import type { Advice } from '../../core/lineage/advice.ts';
import type { OwedVerdict } from '../../core/notices/owed-verdict.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { readAssessment } from '../judge-image/read-assessment.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Work } from '../ports/work-queue.ts';

const owedNotice = z.object({
  assessment: digestSchema,
  tag: z.string().nullable(),
  previous: digestSchema.nullable(),
  /** Work of before the counter has none. */
  revision: z.int().nonnegative().default(0),
});

export interface ReadingOwed {
  readonly evidence: EvidenceStore;
  readonly advise: Advise;
  readonly fallbackOwner: string;
}

/** What to say of the base of an image, as of now; null where there is nothing to do about it. */
export type Advise = (assessment: Assessment) => Promise<Advice | null>;

/**
 * @throws CavendishError `not-found` where an assessment is not in the evidence store, `bad-input` where
 *   it has no placement
 */
export async function readOwed(work: Work, { evidence, advise, fallbackOwner }: ReadingOwed): Promise<OwedVerdict> {
  const { assessment: id, tag, previous, revision } = owedNotice.parse(work.body);
  const assessment = await readAssessment(evidence, id);
  const before = previous === null ? null : await readAssessment(evidence, previous);
  if (!isPlaced(assessment)) {
    throw new CavendishError('bad-input', `assessment ${id} has no placement: nobody is to be told of it`);
  }
  const advice = await advise(assessment);
  return { assessment, id, tag, previous: before, advice, revision, fallbackOwner };
}

function isPlaced(assessment: Assessment): assessment is Assessment & { readonly placement: Placement } {
  return assessment.placement !== null;
}
