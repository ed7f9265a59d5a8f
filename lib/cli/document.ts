/**
 * An assessment as programs get it: the record without its bookkeeping, and its identity.
 * docs/schemas/assessment.schema.json describes it; tests hold the output to it.
 */
import type { Digest } from '../core/image/digest.ts';
import type { Assessment } from '../core/register/assessment.ts';

export type AssessmentDocument = Omit<Assessment, 'inputs'> & { readonly assessment: Digest };

export function documentOf({ inputs: _, ...document }: Assessment, id: Digest): AssessmentDocument {
  return { ...document, assessment: id };
}
