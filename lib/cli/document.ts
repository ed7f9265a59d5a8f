/**
 * An assessment as programs get it: the record without its bookkeeping but for its bases, and its identity.
 * docs/schemas/assessment.schema.json describes it; tests hold the output to it.
 */
import type { Digest } from '../core/image/digest.ts';
import type { Advice } from '../core/lineage/advice.ts';
import type { Lineage } from '../core/lineage/lineage.ts';
import type { Finding } from '../core/matching/finding.ts';
import type { Assessment } from '../core/register/assessment.ts';

export type AssessmentDocument = Omit<Assessment, 'inputs'> & {
  readonly lineage: Lineage;
  readonly assessment: Digest;
};

export function documentOf({ inputs: { lineage }, ...document }: Assessment, id: Digest): AssessmentDocument {
  return { ...document, lineage, assessment: id };
}

/** What a clone is told of its base, as programs get it: findings by what names them. */
export function adviceDocument(advice: Advice | null) {
  if (advice === null) return null;
  const { changes, ...rest } = advice;
  if (changes === null) return { ...rest, removes: null, adds: null };
  return { ...rest, removes: changes.removed.map(named), adds: changes.added.map(named) };
}

function named({ vulnerability, severity, fixedIn, package: { source } }: Finding) {
  return { vulnerability, severity, source: source.name, fixedIn };
}
