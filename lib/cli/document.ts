/**
 * An assessment as programs get it: the record without its bookkeeping but for its bases, and its identity.
 * docs/schemas/assessment.schema.json describes it; tests hold the output to it.
 */
import type { Digest } from '../core/image/digest.ts';
import type { Lineage } from '../core/lineage/lineage.ts';
import type { Assessment } from '../core/register/assessment.ts';

export type AssessmentDocument = Omit<Assessment, 'inputs'> & {
  readonly lineage: Lineage;
  readonly assessment: Digest;
};

export function documentOf({ inputs: { lineage }, ...document }: Assessment, id: Digest): AssessmentDocument {
  return { ...document, lineage, assessment: id };
}
